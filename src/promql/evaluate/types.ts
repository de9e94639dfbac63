import type { Selector } from '../ast.ts';

/** Labels of a series, the metric's name as `__name__` among them. */
export type Labels = Readonly<Record<string, string>>;

/** A histogram with exponential buckets of schema 0: bucket `offset + i` holds (2^(n−1), 2^n]. */
export interface NativeHistogram {
  count: number;
  sum: number;
  offset: number;
  buckets: readonly number[];
}

/** One series of an instant vector. Of a native histogram `value` is NaN. */
export interface Element {
  labels: Labels;
  value: number;
  histogram?: NativeHistogram;
}

export interface Sample {
  tMs: number;
  value: number;
  histogram?: NativeHistogram;
}

export type Value =
  | { type: 'scalar'; value: number }
  | { type: 'string'; value: string }
  | { type: 'vector'; elements: Element[] };

/** Where samples come from. Times are ms. */
export interface Storage {
  /**
   * The newest sample of each series at a moment, unless it is stale or older than the lookback.
   */
  instant: (selector: Selector, tMs: number) => { labels: Labels; sample: Sample }[];
  /**
   * The samples in (from, to] of each series that has any, oldest first.
   * @param needless samples that may be left out; the first and the last two never are
   */
  range: (selector: Selector, fromMs: number, toMs: number, needless?: Needless) => SampleRange[];
}

/**
 * Samples that say nothing new: those on a line between their neighbours, or only where that
 * doesn't fall, which is a counter's reset each time.
 */
export type Needless = 'on-lines' | 'on-rising-lines';

/** Samples of one series. */
export interface SampleRange {
  labels: Labels;
  samples: readonly Sample[];
  /** How many there are where some were left out. */
  count?: number | undefined;
}

/**
 * The engine would refuse this at evaluation (`many-to-many matching`): a rule gives nothing then.
 */
export class EvaluationError extends Error {
  override name = 'EvaluationError';
}

/** A construct that this evaluator doesn't know. */
export class NotUnderstood extends Error {
  override name = 'NotUnderstood';
  readonly construct: string;
  constructor(construct: string) {
    super(`${construct} isn't understood`);
    this.construct = construct;
  }
}

/** Evaluating costs more than is worth waiting for. */
export class TooExpensive extends Error {
  override name = 'TooExpensive';
}
