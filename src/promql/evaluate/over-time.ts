import { extrapolated } from './extrapolate.ts';
import { quantile } from './quantile.ts';
import { addHistograms } from './native.ts';
import type { NativeHistogram, Sample } from './types.ts';

export interface RangeResult {
  value: number;
  histogram?: NativeHistogram;
}

/** The samples of one series in a window, and what else a function was given. */
export interface RangeInput {
  samples: readonly Sample[];
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
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const variance = (values: readonly number[]): number => {
  const average = mean(values);
  return mean(values.map((v) => (v - average) ** 2));
};
const extreme = (better: (a: number, b: number) => boolean) =>
  ofValues((values) => values.reduce((a, b) => (better(b, a) || Number.isNaN(a) ? b : a)));

/** Least squares around the moment of evaluation (promql/functions.go, `linearRegression`). */
function regression({ samples, nowMs }: RangeInput): { slope: number; at: number } | undefined {
  const [first] = samples;
  if (!first || samples.length < 2) return undefined;
  if (samples.every((s) => s.value === first.value)) return { slope: 0, at: first.value };
  const xs = samples.map((s) => (s.tMs - nowMs) / 1000);
  const ys = samples.map((s) => s.value);
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = sum(xs.map((x, i) => (x - mx) * ((ys[i] ?? NaN) - my)));
  const slope = covariance / sum(xs.map((x) => (x - mx) ** 2));
  return { slope, at: my - slope * mx };
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

const summed: RangeFunction = ({ samples }) => {
  const [first] = samples;
  if (!first?.histogram) return sum(samples.map((s) => s.value));
  const histograms = samples.flatMap((s) => s.histogram ?? []);
  return { value: NaN, histogram: histograms.reduce((a, b) => addHistograms(a, b)) };
};
const latest: RangeFunction = ({ samples }) => samples.at(-1);
const growth =
  (isCounter: boolean, isRate: boolean): RangeFunction =>
  ({ samples, fromMs, toMs }) =>
    extrapolated(samples, fromMs, toMs, { isCounter, isRate });

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
  avg_over_time: ofValues(mean),
  min_over_time: extreme((a, b) => a < b),
  max_over_time: extreme((a, b) => a > b),
  sum_over_time: summed,
  count_over_time: ({ samples }) => samples.length,
  last_over_time: latest,
  first_over_time: ({ samples }) => samples[0],
  present_over_time: () => 1,
  stddev_over_time: ofValues((values) => Math.sqrt(variance(values))),
  stdvar_over_time: ofValues(variance),
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

/** They keep the metric's name. */
export const KEEP_NAME: ReadonlySet<string> = new Set(['last_over_time', 'first_over_time']);
