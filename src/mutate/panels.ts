import type { Change, Mutant, Stretch } from '../model/mutation.ts';
import type { TreePath } from '../stack/source/paths.ts';
import type { Edit } from './expression/edit.ts';
import { mutateExpr } from './expression/index.ts';

/** One query of a panel as it is written, Grafana's own variables filled in. */
export interface PanelText {
  dashboard: string;
  panel: string;
  refId: string;
  expr: string;
  at: Stretch;
  /** Where its file has it; undefined where the file can't be written. */
  source?: PanelSource | undefined;
}

/** What it takes to get a query wrong in its file. */
export interface PanelSource {
  file: string;
  /** What leads to the panel's target, and to its query. */
  target: TreePath;
  query: TreePath;
  /** The query as it is written, with something changed in its text with variables filled in. */
  edited: (edit: Edit) => string;
}

/** A panel that asks something else. */
export interface PanelMutant extends Mutant {
  kind: 'dashboard';
  /** Titles of dashboard and panel, and which of the panel's queries. */
  query: Pick<PanelText, 'dashboard' | 'panel' | 'refId'>;
  /** What is asked and what is asked then; null: nothing. */
  written: { was: string; becomes: string | null };
}

/**
 * Mistakes in the queries of panels.
 * @param texts in the order of their dashboards
 * @param scrapeMs how often what they ask for is scraped
 */
export function panelMutants(texts: PanelText[], scrapeMs: number): PanelMutant[] {
  return texts.flatMap((text, i) => {
    const other = [...texts.slice(i + 1), ...texts.slice(0, i)].find(
      (one) => one.dashboard === text.dashboard && one.panel !== text.panel,
    );
    return mutantsOf(text, other?.expr, scrapeMs);
  });
}

/** @param foreign the query of another panel, which may be copied by mistake */
function mutantsOf(text: PanelText, foreign: string | undefined, scrapeMs: number): PanelMutant[] {
  const { dashboard, panel, refId, expr: written } = text;
  const whole = { from: 0, to: written.length };
  const of = (
    operator: string,
    expr: string | null,
    edit: Edit = { ...whole, text: expr ?? '' },
  ): PanelMutant => ({
    id: ['dashboard', dashboard, panel, refId, operator, expr ?? ''].join('/'),
    kind: 'dashboard',
    operator,
    subject: `panel ${dashboard} / ${panel}`,
    at: text.at,
    was: written.slice(edit.from, edit.to),
    becomes: edit.text,
    ...(expr === null ? {} : { expr }),
    changes: text.source && [changeOf(text.source, expr === null ? null : edit)],
    query: { dashboard, panel, refId },
    written: { was: written, becomes: expr },
  });
  return [
    ...mutateExpr(written, scrapeMs).map(({ operator, expr, edit }) => of(operator, expr, edit)),
    of('constant-query', 'vector(42)'),
    of('query-hidden', null),
    ...(foreign !== undefined && foreign !== written
      ? [of('query-of-another-panel', foreign)]
      : []),
  ];
}

/** @param edit of the query; null: it is hidden */
function changeOf({ file, target, query, edited }: PanelSource, edit: Edit | null): Change {
  return edit
    ? { file, edits: [{ path: query, value: edited(edit) }] }
    : { file, edits: [{ path: [...target, 'hide'], value: true }] };
}

/** Whether a mutant is one of a panel's query. */
export function isPanelMutant(mutant: Mutant): mutant is PanelMutant {
  return mutant.kind === 'dashboard' && 'written' in mutant;
}
