/**
 * What `solve` finds for an alert: a world of series in which it stays quiet just below its limit,
 * fires just above it, and is over when the world is calm again; or why there is none.
 */

export type Level = 'near' | 'over' | 'calm';
export const LEVELS: readonly Level[] = ['near', 'over', 'calm'];

/**
 * How a series behaves while the world is at one level. Times are the stack's own seconds.
 * - `absent`: no sample; whoever scraped it before sees it go stale.
 * - `silent`: no sample, and nobody sees it go stale: its newest one is found for a while.
 * - `value`: a constant.
 * - `line`: it goes on from where it stood (at the very beginning: from `from`), so much a second.
 * - `toggle`: its values one after the other, each for so long, for ever.
 * - `gaps`: a value that is there for so long, then not for so long, for ever.
 * - `clock`: the Unix time plus an offset: a timestamp that is always equally long ago.
 * - `histogram`: a native histogram (exponential buckets) that gains so many observations a second,
 *   or, where it `stands`, has that many: what a rule records of a rate.
 */
export type Shape =
  | { kind: 'absent' }
  | { kind: 'silent' }
  | { kind: 'value'; value: number }
  | { kind: 'line'; from: number; perSecond: number }
  | { kind: 'toggle'; values: number[]; everySeconds: number }
  | { kind: 'gaps'; value: number; thereSeconds: number; awaySeconds: number }
  | { kind: 'clock'; offsetSeconds: number }
  | { kind: 'histogram'; perSecond: NativeObservations; stands?: true };

/** Observations per second in buckets of schema 0: bucket n holds what lies in (2^(n−1), 2^n]. */
export interface NativeObservations {
  /** Index of the first bucket. */
  offset: number;
  buckets: number[];
  /** Sum of all that was observed in a second. */
  sum: number;
}

export interface RecipeSeries {
  /** The metric's name. */
  metric: string;
  /** All other labels; `job` and `instance` are always among them. */
  labels: Record<string, string>;
  shapes: Record<Level, Shape>;
}

/**
 * What must be seen of the alert in a world that starts at 0: all in ms, multiples of
 * `evaluationMs`.
 */
export interface Timeline {
  scrapeMs: number;
  evaluationMs: number;
  /** From here on windows are full: before, nothing is said. */
  settledAtMs: number;
  /** The level goes from near to over, and from over to calm. */
  overAtMs: number;
  calmAtMs: number;
  /** First evaluation at which it is pending (or firing, without `for`). */
  activeAtMs: number;
  firingAtMs: number;
  /**
   * First evaluation at which it is neither any more; one later where a sample lies on a window's
   * edge.
   */
  resolvedAtMs: number;
}

/** A number of the expression that a pair would notice if it were another. */
export interface Pin {
  /** Offset of the number in the expression's text. */
  from: number;
  value: number;
  /** Whether a number that is a few per cent lower, or higher, would be noticed. */
  lower: boolean;
  higher: boolean;
  /** Of each side that no pair notices: why. */
  loose?: Partial<Record<'lower' | 'higher', Loose>>;
}

/** Why another number would go unnoticed. */
export interface Loose {
  /** No world could ever notice: both numbers mean the same. */
  equivalent: boolean;
  reason: string;
}

/** Two worlds that differ by one thing, the limit between them. */
export interface Pair {
  series: RecipeSeries[];
  /**
   * What makes the difference, in words: `x_total{code="500"} grows by 0.051 per second, not
   * 0.049`.
   */
  lever: string;
  timeline: Timeline;
  pins: Pin[];
}

/** Which rule is meant: names needn't be unique, places are. */
export interface AlertRef {
  /** Path of the rule file, relative to the stack's folder. */
  file: string;
  line: number;
  group: string;
  name: string;
  /** Number of the rule among all rules of the stack, from 0. */
  index: number;
}

export interface Recipe {
  alert: AlertRef;
  /** It fires without any data (`vector(1)`): there is nothing near, and no end. */
  always?: true;
  /** The first is the plainest; the others pin numbers that it doesn't. */
  pairs: [Pair, ...Pair[]];
  /** Labels of the instances that fire in the first pair, rule labels included, templates not. */
  instances: Record<string, string>[];
  /** Labels that the expression gives the first of them, before the rule's take their place. */
  result: Record<string, string>;
  /** Labels and annotations as the rule has them, templates unfilled. */
  labels: Record<string, string>;
  annotations: Record<string, string>;
  forMs: number;
  /** How far back the expression looks at most, recording rules included. */
  windowMs: number;
  /** Whether it fires by the time of day: such a world can't be sped up. */
  readsClock: boolean;
  /**
   * Labels that no series has for which it fires: one side of an operator groups by them, and the
   * other never has them.
   */
  lacking?: string[];
  /** All numbers of the expression that decide something, and whether any pair pins them. */
  pins: Pin[];
}

/**
 * A small world in which a rule that can never fire has all that it reads, and gives nothing.
 * Times are ms from its beginning.
 */
export interface Miniature {
  series: RecipeSeries[];
  /** What gives something there: the operands of the part that makes it so. */
  gives: { expr: string; atMs: number }[];
  /** What gives nothing there: that part. */
  nothing: { expr: string; atMs: number }[];
  timeline: Pick<Timeline, 'scrapeMs' | 'evaluationMs' | 'overAtMs' | 'calmAtMs'> & {
    endMs: number;
  };
}

/** Why there is no recipe. */
export type Unsolved =
  | {
      alert: AlertRef;
      /** It can never fire, whatever the data: a fault of the rule. */
      kind: 'unsatisfiable';
      /** The proof in words. */
      reason: string;
      /** The part of the expression that makes it so. */
      part: { from: number; to: number };
      /** The engine has confirmed that it gives nothing there. */
      miniature?: Miniature;
    }
  | {
      alert: AlertRef;
      /** The harness lacks something. */
      kind: 'not-understood';
      reason: string;
      /** The construct, or what was tried. */
      construct: string;
    }
  | {
      alert: AlertRef;
      /** Somebody has to say something first. */
      kind: 'needs-word';
      reason: string;
      question: string;
    };

/** Every alert of a stack is in exactly one of the two. */
export interface Solution {
  recipes: Recipe[];
  unsolved: Unsolved[];
}
