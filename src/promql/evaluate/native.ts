import type { NativeHistogram } from './types.ts';

/** `a·scaleA + b·scaleB`, bucket by bucket. */
export function addHistograms(
  a: NativeHistogram,
  b: NativeHistogram,
  scaleA = 1,
  scaleB = 1,
): NativeHistogram {
  const offset = Math.min(a.offset, b.offset);
  const end = Math.max(a.offset + a.buckets.length, b.offset + b.buckets.length);
  const buckets = Array.from({ length: end - offset }, (_, i) => {
    const n = offset + i;
    return (a.buckets[n - a.offset] ?? 0) * scaleA + (b.buckets[n - b.offset] ?? 0) * scaleB;
  });
  return {
    offset,
    buckets,
    count: a.count * scaleA + b.count * scaleB,
    sum: a.sum * scaleA + b.sum * scaleB,
  };
}

/**
 * A histogram whose count, sum and buckets are a factor times as large; a negative factor is fine.
 */
export function scaleHistogram(h: NativeHistogram, by: number): NativeHistogram {
  return {
    ...h,
    count: h.count * by,
    sum: h.sum * by,
    buckets: h.buckets.map((n) => n * by),
  };
}

/**
 * The quantile, interpolated exponentially in its bucket (promql/quantile.go, `HistogramQuantile`).
 */
export function nativeQuantile(q: number, h: NativeHistogram): number {
  if (q < 0) return -Infinity;
  if (q > 1) return Infinity;
  if (h.count === 0 || Number.isNaN(q)) return NaN;
  let rank = q * h.count;
  for (const [i, n] of h.buckets.entries()) {
    if (n > 0 && rank <= n) {
      const upper = 2 ** (h.offset + i);
      return (upper / 2) * 2 ** (rank / n);
    }
    rank -= n;
  }
  return 2 ** (h.offset + h.buckets.length - 1);
}

/** The share of observations in (lower, upper] (promql/quantile.go, `HistogramFraction`). */
export function nativeFraction(lower: number, upper: number, h: NativeHistogram): number {
  if (h.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
  if (lower >= upper) return 0;
  return (rankOf(upper, h) - rankOf(lower, h)) / h.count;
}

/** How many observations are at most this large. */
function rankOf(value: number, h: NativeHistogram): number {
  let rank = 0;
  for (const [i, n] of h.buckets.entries()) {
    const top = 2 ** (h.offset + i);
    const bottom = top / 2;
    if (value >= top) rank += n;
    else return value <= bottom ? rank : rank + n * Math.log2(value / bottom);
  }
  return rank;
}
