import { groupBy } from '../../lib/group-by.ts';
import { signature, without, withoutName } from './label-tools.ts';
import { nativeFraction, nativeQuantile } from './native.ts';
import { bucketQuantile } from './quantile.ts';
import type { Element, Labels, NativeHistogram } from './types.ts';

/** `histogram_quantile(q, v)` of classic buckets (series with `le`) and of native histograms. */
export function histogramQuantile(q: number, elements: readonly Element[]): Element[] {
  const native = elements.flatMap((e) =>
    e.histogram ? [{ labels: withoutName(e.labels), value: nativeQuantile(q, e.histogram) }] : [],
  );
  const classic = elements.filter((e) => !e.histogram && upperBound(e.labels) !== undefined);
  const groups = groupBy(classic, (e) => signature(without(e.labels, ['le', '__name__'])));
  return [
    ...native,
    ...[...groups.values()].map((members) => ({
      labels: without(members[0]?.labels ?? {}, ['le', '__name__']),
      value: bucketQuantile(
        q,
        members.map((m) => ({ upper: upperBound(m.labels) ?? NaN, count: m.value })),
      ),
    })),
  ];
}

/**
 * What a function tells of each native histogram; undefined when it isn't one of these functions.
 */
export function ofNative(
  name: string,
): ((elements: readonly Element[], params: readonly number[]) => Element[]) | undefined {
  const f: ((h: NativeHistogram, params: readonly number[]) => number) | undefined = {
    histogram_count: (h: NativeHistogram) => h.count,
    histogram_sum: (h: NativeHistogram) => h.sum,
    histogram_avg: (h: NativeHistogram) => h.sum / h.count,
    histogram_fraction: (h: NativeHistogram, [lower = NaN, upper = NaN]: readonly number[]) =>
      nativeFraction(lower, upper, h),
  }[name];
  return (
    f &&
    ((elements, params) =>
      elements.flatMap((e) =>
        e.histogram ? [{ labels: withoutName(e.labels), value: f(e.histogram, params) }] : [],
      ))
  );
}

function upperBound(labels: Labels): number | undefined {
  const { le } = labels;
  if (le === undefined) return undefined;
  const value = /^\+?Inf$/i.test(le) ? Infinity : Number(le);
  return Number.isNaN(value) ? undefined : value;
}
