import { refIdOf } from '../../check/index.ts';
import type { Examples } from '../../check/index.ts';
import { stretchOf } from '../../mutate/places.ts';
import type { PanelSource, PanelText } from '../../mutate/panels.ts';
import { sameMeaning } from '../../mutate/judge/equivalent.ts';
import type { IsSingle } from '../../mutate/judge/normal.ts';
import type { PanelMutant } from '../../mutate/panels.ts';
import type { MutantResult } from '../../model/mutation.ts';
import type { Stack } from '../../stack/index.ts';
import type { Dashboard, Target } from '../../stack/dashboards/index.ts';
import { editedAsWritten, withGlobals } from '../../stack/panel-query.ts';
import { pathTo } from '../../stack/source/paths.ts';
import { judgeByExamples } from './panels-in-examples.ts';
import type { RunCases } from './panels-in-examples.ts';

/** The queries of all panels, as they are written. */
export function panelTexts({ dashboards }: Stack, { scrapeMs }: Examples): PanelText[] {
  return dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap(({ title: panel, targets }) =>
      targets.flatMap((target): PanelText[] => {
        const { expression } = target;
        if (!expression?.expr) return [];
        return [
          {
            ...{ dashboard: dashboard.title, panel, refId: refIdOf(target) },
            source: sourceOf(target, dashboard, scrapeMs),
            expr: withGlobals(expression.text, scrapeMs),
            at: stretchOf(expression.value.place),
          },
        ];
      }),
    ),
  );
}

/** Of a file with one dashboard; undefined where it can't be written anew. */
function sourceOf(
  { value, expression }: Target,
  { file, document }: Dashboard,
  scrapeMs: number,
): PanelSource | undefined {
  if (!expression || file.embedding || file.documents.length !== 1) return undefined;
  const [target, query] = [pathTo(document, value), pathTo(document, expression.value)];
  if (!target || !query) return undefined;
  const edited: PanelSource['edited'] = (edit) => editedAsWritten(expression.text, edit, scrapeMs);
  return { file: file.path, target, query, edited };
}

export interface PanelJudges {
  examples: Examples;
  isSingle: IsSingle;
  run: RunCases;
  /** Judges what the examples leave open, by a run's evidence; undefined where there is no run. */
  byRun: ((mutants: PanelMutant[], keep: Keep) => Promise<void>) | undefined;
}

type Keep = (result: MutantResult) => void;

/** Judges panels: by what their trees mean, in the contract's examples, then by a run. */
export async function judgePanels(
  mutants: PanelMutant[],
  { examples, isSingle, run, byRun }: PanelJudges,
  keep: Keep,
): Promise<void> {
  const open = mutants.filter((mutant) => {
    const { was, becomes } = mutant.written;
    const same = becomes === null ? undefined : sameMeaning(was, becomes, isSingle);
    if (same !== undefined) keep({ mutant, fate: 'equivalent', because: same });
    return same === undefined;
  });
  const left: PanelMutant[] = [];
  await judgeByExamples(open, examples, run, (result) => {
    if (byRun && (result.fate === 'survived' || result.fate === 'undecided'))
      left.push(result.mutant);
    else keep(result);
  });
  await byRun?.(left, keep);
}
