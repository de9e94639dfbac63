import type { Expr } from '../promql/ast.ts';
import type { Context } from '../promql/evaluate/index.ts';
import type { Bench } from './bench.ts';
import { distance, tooLow } from './distance.ts';
import type { Leaf } from './leaves.ts';
import { leversOn } from './levers.ts';
import type { Lever } from './levers.ts';
import type { Edge } from './pairs.ts';
import { baseState, emptyState, highState } from './states.ts';
import type { State } from './states.ts';
import { courseOf, overAtMsOf } from './timeline.ts';
import type { Course } from './timeline.ts';
import type { Trial, Verdict } from './trial.ts';

/**
 * A world that has changed a while ago, so that shorter windows see what is and longer ones, or
 * those with an `offset`, still what was. Its states are two: what is now, and what was before.
 */
export class AfterChange implements Trial {
  readonly bench: Bench;
  readonly leaves: readonly Leaf[];
  readonly levers: readonly Lever[];
  readonly starts: readonly State[];
  private readonly changeMs: number;
  private readonly atMs: number;
  private last: { state: State; context: Context; below: number } | undefined;

  /**
   * @param delayMs how long ago the change is when one looks
   * @param known states of now and of before that a search may begin at
   */
  constructor(
    bench: Bench,
    delayMs: number,
    known: readonly (readonly [now: State, past: State])[],
  ) {
    this.bench = bench;
    const { leaves } = bench;
    this.leaves = [...leaves, ...leaves];
    const now = leversOn(bench);
    this.levers = [...now, ...now.map((lever) => ({ ...lever, leaf: lever.leaf + leaves.length }))];
    const { copies } = bench.setup;
    const [base, high] = [baseState(leaves, copies), highState(leaves, bench.constants, copies)];
    this.starts = [
      ...known.map((parts) => parts.flat()),
      [...base, ...base],
      [...base, ...high],
      [...base, ...emptyState(leaves)],
    ];
    this.changeMs = overAtMsOf(bench);
    const seenMs = Math.ceil(this.changeMs / bench.scrapeMs) * bench.scrapeMs;
    // A window is open on the left: it is full of what is new one scrape later.
    this.atMs = bench.onGrid(seenMs + (delayMs > 0 ? delayMs + bench.scrapeMs : 0));
  }

  distance(state: State, expr: Expr = this.bench.expr, want = true): number {
    const { bench } = this;
    const context = this.context(state);
    const at = (tMs: number, part: Expr, wanted: boolean): number =>
      distance(part, { ...context, tMs, knownMs: tMs }, bench.recorded, wanted);
    // Whatever fires after the change must not have fired before.
    const before = want ? at(this.changeMs - bench.evaluationMs, bench.expr, false) : 0;
    const now = before + at(this.atMs, expr, want) + tooLow(this.last?.below ?? 0);
    if (now > 0 || bench.rule.forMs === 0) return now;
    return at(this.atMs + bench.rule.forMs, expr, want);
  }

  /** What holds for less than `for` is as good as quiet: everything passes here. */
  verdict(state: State, expr: Expr = this.bench.expr): Verdict {
    const { bench } = this;
    const context = this.context(state);
    if ((this.last?.below ?? 0) > 0) return 'mixed';
    const gives = (tMs: number): boolean => bench.instances(context, tMs, expr).length > 0;
    return gives(this.atMs) && gives(this.atMs + bench.rule.forMs) ? 'fires' : 'quiet';
  }

  verdictThroughout(state: State): Verdict {
    return this.verdict(state);
  }

  /**
   * From what was to what is, and then to what is just not enough, so that both sides of the limit
   * are seen; or back to what was.
   */
  course({ lever, near, over }: Edge): Course | undefined {
    const [now, past] = this.parts(over);
    const [calm] = this.parts(near);
    const beside = lever.leaf < now.length ? courseOf(this.bench, past, now, calm) : undefined;
    return beside ?? courseOf(this.bench, past, now, past);
  }

  private parts(state: State): [now: State, past: State] {
    const count = this.bench.leaves.length;
    return [state.slice(0, count), state.slice(count)];
  }

  private context(state: State): Context {
    if (this.last?.state !== state) {
      const [now, past] = this.parts(state);
      const world = this.bench.world([past, now], [0, this.changeMs]);
      const below = this.bench.belowZero(world, this.atMs + this.bench.rule.forMs);
      this.last = { state, context: this.bench.context(world, this.atMs), below };
    }
    return this.last.context;
  }
}
