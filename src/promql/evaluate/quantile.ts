/** Linear interpolation between the two nearest ranks (promql/quantile.go, `quantile`). */
export function quantile(q: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const sorted = values.toSorted((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(sorted.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (sorted[lower] ?? NaN) * (1 - weight) + (sorted[upper] ?? NaN) * weight;
}

export interface Bucket {
  upper: number;
  count: number;
}

/** The quantile of a classic histogram (promql/quantile.go, `BucketQuantile`). */
export function bucketQuantile(q: number, given: readonly Bucket[]): number {
  if (Number.isNaN(q)) return NaN;
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  const buckets = monotonic(given);
  const last = buckets.at(-1);
  if (last?.upper !== Infinity || buckets.length < 2 || last.count === 0) return NaN;
  const rank = q * last.count;
  let at = buckets.findIndex((b) => b.count >= rank);
  if (at < 0) at = buckets.length - 1;
  const own = buckets[at];
  const before = buckets[at - 1];
  if (!own || at === buckets.length - 1) return before?.upper ?? NaN;
  if (!before) return own.upper <= 0 ? own.upper : own.upper * (rank / own.count);
  const share = (rank - before.count) / (own.count - before.count);
  return before.upper + (own.upper - before.upper) * share;
}

/** Sorted, equal bounds added up, and never falling. */
function monotonic(given: readonly Bucket[]): Bucket[] {
  const result: Bucket[] = [];
  for (const { upper, count } of given.toSorted((a, b) => a.upper - b.upper)) {
    const last = result.at(-1);
    if (last?.upper === upper) last.count += count;
    else result.push({ upper, count });
  }
  let highest = -Infinity;
  for (const bucket of result) {
    highest = Math.max(highest, bucket.count);
    bucket.count = highest;
  }
  return result;
}
