import type { Mutant, Stretch } from '../model/mutation.ts';
import { mutateExpr } from './expression/index.ts';

/** One query of a panel as it is written, Grafana's own variables filled in. */
export interface PanelText {
  dashboard: string;
  panel: string;
  refId: string;
  expr: string;
  at: Stretch;
}

/** A panel that asks something else. */
export interface PanelMutant extends Mutant {
  kind: 'dashboard';
  /** Titles of dashboard and panel, and which of the panel's queries. */
  query: Pick<PanelText, 'dashboard' | 'panel' | 'refId'>;
  /** What is asked and what is asked then; null: nothing. */
  written: { was: string; becomes: string | null };
}

/** Mistakes in the queries of panels. @param texts in the order of their dashboards */
export function panelMutants(texts: PanelText[]): PanelMutant[] {
  return texts.flatMap((text, i) => {
    const other = [...texts.slice(i + 1), ...texts.slice(0, i)].find(
      (one) => one.dashboard === text.dashboard && one.panel !== text.panel,
    );
    return mutantsOf(text, other?.expr);
  });
}

/** @param foreign the query of another panel, which may be copied by mistake */
function mutantsOf(text: PanelText, foreign: string | undefined): PanelMutant[] {
  const { dashboard, panel, refId, expr: written } = text;
  const of = (
    operator: string,
    expr: string | null,
    was = written,
    becomes = expr ?? '',
  ): PanelMutant => ({
    id: ['dashboard', dashboard, panel, refId, operator, expr ?? ''].join('/'),
    kind: 'dashboard',
    operator,
    subject: `panel ${dashboard} / ${panel}`,
    at: text.at,
    was,
    becomes,
    ...(expr === null ? {} : { expr }),
    changes: undefined,
    query: { dashboard, panel, refId },
    written: { was: written, becomes: expr },
  });
  return [
    ...mutateExpr(written).map(({ operator, expr, edit }) =>
      of(operator, expr, written.slice(edit.from, edit.to), edit.text),
    ),
    of('constant-query', 'vector(42)'),
    of('query-hidden', null),
    ...(foreign !== undefined && foreign !== written
      ? [of('query-of-another-panel', foreign)]
      : []),
  ];
}

/** Whether a mutant is one of a panel's query. */
export function isPanelMutant(mutant: Mutant): mutant is PanelMutant {
  return mutant.kind === 'dashboard' && 'written' in mutant;
}
