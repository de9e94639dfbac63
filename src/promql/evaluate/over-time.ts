import { extrapolated } from './extrapolate.ts';
import { quantile } from './quantile.ts';
import { sumsOf } from './sums.ts';
import { addHistograms } from './native.ts';
import type { NativeHistogram, Needless, Sample, SampleRange } from './types.ts';

export interface RangeResult {
  value: number;
  histogram?: NativeHistogram;
}

/** The samples of one series in a window, and what else a function was given. */
export interface RangeInput extends Omit<SampleRange, 'labels'> {
  fromMs: number;
  toMs: number;
  /** The moment of evaluation: `predict_linear` counts from it. */
  nowMs: number;
  params: readonly number[];
}

type RangeFunction = (input: RangeInput) => number | RangeResult | undefined;

/** Functions of a range that work with values alone. */
const ofValues =
  (f: (values: number[], params: readonly number[]) => number | undefined): RangeFunction =>
  ({ samples, params }) => {
    const values = samples.filter((s) => !s.histogram).map((s) => s.value);
    return values.length === 0 ? undefined : f(values, params);
  };
const valuesOf = ({ samples, count }: RangeInput): Pick<RangeInput, 'samples' | 'count'> =>
  samples.some((s) => s.histogram)
    ? { samples: samples.filter((s) => !s.histogram) }
    : { samples, count };
const mean: RangeFunction = (input) => {
  const { count, y, base } = sumsOf(valuesOf(input), input.nowMs);
  return count === 0 ? undefined : base + y / count;
};
const variance = (input: RangeInput): number | undefined => {
  const { count, y, yy } = sumsOf(valuesOf(input), input.nowMs);
  return count === 0 ? undefined : Math.max(0, yy / count - (y / count) ** 2);
};
const extreme = (better: (a: number, b: number) => boolean) =>
  ofValues((values) => values.reduce((a, b) => (better(b, a) || Number.isNaN(a) ? b : a)));

/** Least squares around the moment of evaluation (promql/functions.go, `linearRegression`). */
function regression({
  samples,
  count,
  nowMs,
}: RangeInput): { slope: number; at: number } | undefined {
  const [first] = samples;
  if (!first || samples.length < 2) return undefined;
  if (samples.every((s) => s.value === first.value)) return { slope: 0, at: first.value };
  const { count: n, x, y, xx, xy, base } = sumsOf({ samples, count }, nowMs);
  const slope = (xy - (x * y) / n) / (xx - (x * x) / n);
  return { slope, at: base + (y - slope * x) / n };
}

/** The last two samples: their difference, and the seconds between them. */
function lastTwo(samples: readonly Sample[], isCounter: boolean): [number, number] | undefined {
  const [a, b] = samples.slice(-2);
  if (!a || !b) return undefined;
  const grown = isCounter && b.value < a.value ? b.value : b.value - a.value;
  return [grown, (b.tMs - a.tMs) / 1000];
}

const countPairs = (differs: (before: number, after: number) => boolean): RangeFunction =>
  ofValues((values) => values.filter((v, i) => i > 0 && differs(values[i - 1] ?? NaN, v)).length);

/** Double exponential smoothing (promql/functions.go, `funcDoubleExponentialSmoothing`). */
const smoothed = ofValues((values, [sf = NaN, tf = NaN]) => {
  if (values.length < 2) return undefined;
  let s0 = 0;
  let s1 = values[0] ?? NaN;
  let b = (values[1] ?? NaN) - s1;
  for (let i = 1; i < values.length; i++) {
    const x = sf * (values[i] ?? NaN);
    b = i === 1 ? b : tf * (s1 - s0) + (1 - tf) * b;
    s0 = s1;
    s1 = x + (1 - sf) * (s1 + b);
  }
  return s1;
});

const summed: RangeFunction = (input) => {
  const { samples, nowMs } = input;
  const [first] = samples;
  if (!first?.histogram) {
    const { count, y, base } = sumsOf(input, nowMs);
    return count === 0 ? undefined : base * count + y;
  }
  const histograms = samples.flatMap((s) => s.histogram ?? []);
  return { value: NaN, histogram: histograms.reduce((a, b) => addHistograms(a, b)) };
};
const latest: RangeFunction = ({ samples }) => samples.at(-1);
const growth =
  (isCounter: boolean, isRate: boolean): RangeFunction =>
  (input) =>
    extrapolated(input, { isCounter, isRate });

/**
 * What a function gives for one series; undefined: nothing. Those with parameters take them in
 * order.
 */
export const RANGE_FUNCTIONS: Readonly<Record<string, RangeFunction>> = {
  rate: growth(true, true),
  increase: growth(true, false),
  delta: growth(false, false),
  irate: ({ samples }) => {
    const last = lastTwo(samples, true);
    return last && last[0] / last[1];
  },
  idelta: ({ samples }) => lastTwo(samples, false)?.[0],
  deriv: (input) => regression(input)?.slope,
  predict_linear: (input) => {
    const line = regression(input);
    return line && line.at + line.slope * (input.params[0] ?? NaN);
  },
  changes: countPairs((a, b) => a !== b && !(Number.isNaN(a) && Number.isNaN(b))),
  resets: countPairs((a, b) => b < a),
  avg_over_time: mean,
  min_over_time: extreme((a, b) => a < b),
  max_over_time: extreme((a, b) => a > b),
  sum_over_time: summed,
  count_over_time: ({ samples, count = samples.length }) => count,
  last_over_time: latest,
  first_over_time: ({ samples }) => samples[0],
  present_over_time: () => 1,
  stddev_over_time: (input) => {
    const found = variance(input);
    return found === undefined ? undefined : Math.sqrt(found);
  },
  stdvar_over_time: variance,
  quantile_over_time: ofValues((values, [q = NaN]) => quantile(q, values)),
  mad_over_time: ofValues((values) => {
    const middle = quantile(0.5, values);
    return quantile(
      0.5,
      values.map((v) => Math.abs(v - middle)),
    );
  }),
  double_exponential_smoothing: smoothed,
  holt_winters: smoothed,
};

/** Samples that a function doesn't need: what lies on a line is told from its ends. */
export const NEEDLESS: ReadonlyMap<string, Needless> = new Map([
  ...['rate', 'increase'].map((name) => [name, 'on-rising-lines'] as const),
  ...[
    ...['delta', 'irate', 'idelta', 'min_over_time', 'max_over_time', 'sum_over_time'],
    ...['count_over_time', 'last_over_time', 'first_over_time', 'present_over_time'],
    ...['deriv', 'predict_linear', 'avg_over_time', 'stddev_over_time', 'stdvar_over_time'],
  ].map((name) => [name, 'on-lines'] as const),
]);

/** They keep the metric's name. */
export const KEEP_NAME: ReadonlySet<string> = new Set(['last_over_time', 'first_over_time']);
