import type { Series } from '../model/series.ts';

/** A timer may end this much early, seconds. */
const TIMER_SECONDS = 0.002;

/**
 * Where the estimate of a quantile may lie when k6 asked for this one and waited for that one,
 * seconds.
 */
export function bucketsFor(
  edges: number[],
  askedSeconds: number,
  waitedSeconds: number,
): [number, number] {
  return [bucketOf(edges, askedSeconds - TIMER_SECONDS)[0], bucketOf(edges, waitedSeconds)[1]];
}

/** Upper edges of a histogram's buckets, rising; the last is infinite. */
export function edgesOf(series: Series[]): number[] {
  const edges = new Set(
    series.flatMap((s) =>
      s.labels['le'] === undefined
        ? []
        : [s.labels['le'] === '+Inf' ? Infinity : Number(s.labels['le'])],
    ),
  );
  return [...edges].sort((a, b) => a - b);
}

/** The bucket that a value falls into: over its lower edge, up to its upper one. */
export function bucketOf(edges: number[], value: number): [number, number] {
  const i = edges.findIndex((edge) => value <= edge);
  return [i <= 0 ? 0 : (edges[i - 1] ?? 0), edges[i] ?? Infinity];
}
