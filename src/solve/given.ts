import { LEVELS } from '../model/recipe.ts';
import type { Pair } from '../model/recipe.ts';
import type { Expr } from '../promql/ast.ts';
import {
  EvaluationError,
  NotUnderstood,
  TooExpensive,
  elementsOf,
} from '../promql/evaluate/index.ts';
import type { Recorded } from './leaves.ts';
import { withRecorded } from './recorded.ts';
import { storageOf } from './world.ts';

/** What one look at a world may cost, in samples. */
const BUDGET = 400_000;

/**
 * Whether an expression gives anything in the world of a pair, at a moment.
 * @param recorded the recording rules that there are, by what they record
 * @param tMs from the world's beginning
 * @returns undefined where that can't be computed here, or costs too much: the engine knows
 */
export function givesIn(
  { series, timeline }: Pair,
  expr: Expr,
  recorded: Recorded,
  tMs: number,
): boolean | undefined {
  const { scrapeMs, evaluationMs, overAtMs, calmAtMs } = timeline;
  const budget = { samples: BUDGET };
  const raw = storageOf({
    scrapeMs,
    phasesMs: [0, overAtMs, calmAtMs],
    series: series.map(({ metric, labels, shapes }) => ({
      labels: { ...labels, __name__: metric },
      shapes: LEVELS.map((level) => shapes[level]),
    })),
  });
  const storage = withRecorded(raw, recorded, evaluationMs, budget);
  try {
    return elementsOf(expr, { storage, tMs, stepMs: evaluationMs, budget }).length > 0;
  } catch (error) {
    if ([EvaluationError, NotUnderstood, TooExpensive].some((kind) => error instanceof kind))
      return undefined;
    throw error;
  }
}
