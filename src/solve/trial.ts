import type { Expr } from '../promql/ast.ts';
import type { Bench } from './bench.ts';
import type { Leaf } from './leaves.ts';
import type { Lever } from './levers.ts';
import type { Edge } from './pairs.ts';
import type { State } from './states.ts';
import type { Course } from './timeline.ts';

/** Whether an expression gives something throughout, never, or only at times. */
export type Verdict = 'fires' | 'quiet' | 'mixed';

/**
 * One way to put an alert to the test: what a state of its series means (a world that stands still,
 * or one that has just changed), and how such a world is shown.
 */
export interface Trial {
  readonly bench: Bench;
  /** What the elements of a state are states of. */
  readonly leaves: readonly Leaf[];
  readonly levers: readonly Lever[];
  /** States to begin a search at. */
  readonly starts: readonly State[];
  /**
   * How far a state is from one in which an expression (the alert's own by default) gives something
   * for as long as `for` asks, or, if `want` is false, nothing all that time; 0: it is one.
   */
  distance: (state: State, expr?: Expr, want?: boolean) => number;
  verdict: (state: State, expr?: Expr) => Verdict;
  /** The same, of what goes up and down at each moment of its way. */
  verdictThroughout: (state: State) => Verdict;
  /** The course that shows the difference between the two states of an edge. */
  course: (edge: Edge) => Course | undefined;
}
