/** A series that is known from outside of the stack, as the contract's expressions name it. */
export interface GroundTruth {
  /** `redis.hits` */
  name: string;
  /** What it is and who knows it, for people. */
  meaning: string;
  from: GroundTruthSource;
}

/** Where its values come from. */
export type GroundTruthSource =
  /**
   * A value that somebody set, or looks at; `others`: so many more may come from those who look, at
   * most.
   */
  | { kind: 'level'; metric: string; others?: number }
  /**
   * Something that only grows: it stands for its rate over the query's window, per second of the
   * stack's own time.
   */
  | { kind: 'growth'; metric: string; labels?: Record<string, string> }
  /** A rate that the steps of the load set, in the query's window. */
  | { kind: 'stepped-rate'; metric: string }
  /**
   * Events that were accepted from k6 in the query's window, per second of the stack's own time.
   */
  | { kind: 'events' }
  /**
   * k6's count of the requests to the series' `job`, or of those answered with a 5xx: per second of
   * the stack's own time.
   */
  | { kind: 'requests'; which: 'all' | 'errors' }
  /** Response time at the series' `job`, seconds: the bucket that k6's own quantile names. */
  | { kind: 'response-time'; quantile: '0.5' | '0.95' | '0.99' }
  /** 1 or 0, by what was done to the component of the series' `job`. */
  | { kind: 'up' };

/** A level by its metric. */
export function level(name: string, metric: string, meaning: string, others = 0): GroundTruth {
  return { name, meaning, from: { kind: 'level', metric, ...(others > 0 ? { others } : {}) } };
}

/** Something that only grows, by its metric. */
export function growth(
  name: string,
  metric: string,
  meaning: string,
  labels: Record<string, string> = {},
): GroundTruth {
  return { name, meaning, from: { kind: 'growth', metric, labels } };
}
