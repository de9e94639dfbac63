import type { Shape } from './recipe.ts';

/**
 * A series of a synthetic target: how it is shaped from which moment on; absent before the first.
 */
export interface SyntheticSeries {
  metric: string;
  labels: Record<string, string>;
  steps: SyntheticStep[];
}

export interface SyntheticStep {
  /** Run ms after T0; negative: from the start. */
  atMs: number;
  shape: Shape;
}

/** What answers one scrape URL. */
export interface SyntheticTarget {
  host: string;
  port: number;
  protocol: 'http' | 'https';
  path: string;
  /** Parameters by which it is told from others at the same address and path. */
  params: Record<string, string>;
  series: SyntheticSeries[];
  /** Where a real component tells what it tells, over which the series are put: its URL. */
  real?: string;
  /**
   * What Prometheus itself has to write of the target: while any of these is 0, whoever asks is cut
   * off, as by a process that died.
   */
  up: SyntheticSeries[];
}
