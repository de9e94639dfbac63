import type { Expr } from '../promql/ast.ts';
import type { Context } from '../promql/evaluate/index.ts';
import type { Bench } from './bench.ts';
import { distance, tooLow } from './distance.ts';
import type { Leaf } from './leaves.ts';
import { leversOn } from './levers.ts';
import type { Lever } from './levers.ts';
import type { Edge } from './pairs.ts';
import { baseState, highState } from './states.ts';
import type { State } from './states.ts';
import { courseOf, leastEndMsOf } from './timeline.ts';
import type { Course } from './timeline.ts';
import type { Trial, Verdict } from './trial.ts';

/** So many moments are looked at of what goes up and down. */
const LOOKS = 24;

/** A world in which nothing changes: whatever holds in it holds for ever. */
export class Steady implements Trial {
  readonly bench: Bench;
  readonly leaves: readonly Leaf[];
  readonly levers: readonly Lever[];
  readonly starts: readonly State[];
  private last: { state: State; context: Context; below: number } | undefined;

  constructor(bench: Bench) {
    this.bench = bench;
    this.leaves = bench.leaves;
    this.levers = leversOn(bench);
    const { leaves, constants, setup } = bench;
    this.starts = [baseState(leaves, setup.copies), highState(leaves, constants, setup.copies)];
  }

  distance(state: State, expr: Expr = this.bench.expr, want = true): number {
    const { bench } = this;
    const context = this.context(state);
    const at = (tMs: number): number =>
      distance(expr, { ...context, tMs, knownMs: tMs }, bench.recorded, want);
    const now = at(context.tMs) + tooLow(this.below(state));
    return now > 0 || bench.rule.forMs === 0 ? now : at(bench.heldMs);
  }

  verdict(state: State, expr: Expr = this.bench.expr): Verdict {
    const { bench } = this;
    if (this.below(state) > 0) return 'mixed';
    const context = this.context(state);
    const early = bench.instances(context, bench.settledMs, expr).length > 0;
    const late = bench.instances(context, bench.heldMs, expr).length > 0;
    return early !== late ? 'mixed' : early ? 'fires' : 'quiet';
  }

  verdictThroughout(state: State): Verdict {
    const { bench } = this;
    const context = this.context(state);
    const steps = state.flatMap((own, i) =>
      own.changes > 0 ? [(this.leaves[i]?.rangeMs ?? 0) / own.changes] : [],
    );
    // Twice: up and down.
    const wayMs = 2 * Math.max(0, ...steps);
    const gives = Array.from(
      { length: LOOKS + 1 },
      (_, k) =>
        bench.instances(context, bench.onGrid(bench.settledMs + (k * wayMs) / LOOKS)).length > 0,
    );
    const verdict = this.verdict(state);
    return gives.every((is) => is === gives[0]) && (verdict === 'fires') === gives[0]
      ? verdict
      : 'mixed';
  }

  /**
   * Calm is what was near, unless a line has led too far away from it: then everything stands where
   * it began.
   */
  course({ near, over }: Edge): Course | undefined {
    const still = near.map((own, i) =>
      this.leaves[i]?.uses.has('growth') ? own : { ...own, perSecond: 0 },
    );
    return courseOf(this.bench, near, over, near) ?? courseOf(this.bench, near, over, still);
  }

  /** Asked of one state after the other, and often several things of one. */
  private context(state: State): Context {
    return this.look(state).context;
  }

  /** How far below 0 it leads what never is there. */
  private below(state: State): number {
    return this.look(state).below;
  }

  private look(state: State): { context: Context; below: number } {
    const { bench } = this;
    if (this.last?.state === state) return this.last;
    const world = bench.world([state], [0]);
    const below = bench.belowZero(world, leastEndMsOf(bench));
    this.last = { state, context: bench.context(world, bench.settledMs), below };
    return this.last;
  }
}
