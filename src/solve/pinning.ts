import type { Expr } from '../promql/ast.ts';
import type { Pairs } from './found-pairs.ts';
import { edgesInto, edgesOf } from './pairs.ts';
import type { Lever } from './levers.ts';
import { isSettled, SIDES, shifted } from './pins.ts';
import type { Side } from './pins.ts';
import { descend } from './search.ts';
import type { Goal } from './search.ts';
import type { State } from './states.ts';
import { withNumber } from './thresholds.ts';
import type { Threshold } from './thresholds.ts';
import type { Trial } from './trial.ts';

/** Around so many quiet states it is looked for limits. */
const MOST_BESIDE = 4;

/** Pairs from the limits around a firing state. */
export function fromFiring(trial: Trial, firing: State, pairs: Pairs): void {
  for (const lever of trial.levers) {
    if (pairs.done) return;
    for (const edge of edgesOf(trial, firing, lever)) pairs.take(trial, edge);
  }
}

/**
 * From the quiet side other parts of the expression decide: beside the limit, and where nothing
 * holds at all.
 */
export function fromQuiet(
  trial: Trial,
  firing: State,
  nothing: State | undefined,
  pairs: Pairs,
): void {
  if (pairs.done) return;
  const beside = trial.levers.flatMap((lever) => edgesOf(trial, firing, lever).map((e) => e.near));
  for (const state of [...beside.slice(0, MOST_BESIDE), ...(nothing ? [nothing] : [])])
    for (const lever of trial.levers) {
      if (pairs.done) return;
      for (const edge of edgesInto(trial, state, lever)) pairs.take(trial, edge);
    }
}

function allLevers({ levers }: Trial): readonly Lever[] {
  return levers;
}

/**
 * For each number that nothing notices: a world in which another number makes the difference, and
 * its counterpart beside it.
 * @param leversOf what may be moved for the sake of a comparison
 */
export function pinTheRest(
  trial: Trial,
  firing: State,
  pairs: Pairs,
  leversOf: (trial: Trial, comparison: Expr) => readonly Lever[] = allLevers,
): void {
  for (const [i, threshold] of pairs.thresholds.entries())
    for (const side of SIDES) {
      const isOpen = (): boolean => {
        const pin = pairs.pins[i];
        return !pairs.done && pin !== undefined && !isSettled(pin, side);
      };
      const levers = leversOf(trial, threshold.comparison);
      for (const { expr, goal } of isOpen() ? goalsFor(trial, threshold, side) : []) {
        if (!isOpen()) break;
        const state = descend(trial, firing, goal, levers);
        if (!state) continue;
        const edges = levers.flatMap((lever) =>
          expr === trial.bench.expr
            ? edgesOf(trial, state, lever).map((e) => ({ ...e, over: state }))
            : edgesInto(trial, state, lever).map((e) => ({ ...e, near: state })),
        );
        for (const edge of edges) if (isOpen()) pairs.take(trial, edge);
      }
    }
}

/**
 * What is wanted of a state that tells a number from another: the alert fires with the one and not
 * with the other; where that is too little to go by, the number's own comparison says so too.
 */
function goalsFor(trial: Trial, threshold: Threshold, side: Side): { expr: Expr; goal: Goal }[] {
  const { expr } = trial.bench;
  const { comparison, number } = threshold;
  const value = shifted(threshold, side);
  const [other, otherComparison] = [
    withNumber(expr, number, value),
    withNumber(comparison, number, value),
  ];
  const apart =
    (is: Expr, isnt: Expr): Goal =>
    (state) =>
      trial.distance(state, is) + trial.distance(state, isnt, false);
  const ways = [
    { expr, goal: apart(expr, other) },
    { expr: other, goal: apart(other, expr) },
  ];
  const comparisons = [apart(comparison, otherComparison), apart(otherComparison, comparison)];
  return [
    ...ways,
    ...ways.flatMap((way) =>
      comparisons.map((compared) => ({
        expr: way.expr,
        goal: (state: State) => way.goal(state) + compared(state),
      })),
    ),
  ];
}
