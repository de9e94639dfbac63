import type { RangeInput } from './over-time.ts';
import type { NativeHistogram, Sample } from './types.ts';
import { addHistograms } from './native.ts';

/** What is asked of a range: how much it grew, and whether a fall is a reset. */
export interface Growth {
  isCounter: boolean;
  isRate: boolean;
}

/**
 * `rate`, `increase` and `delta`: the growth between the first and the last sample, drawn out to
 * the window's ends unless the series begins or ends within it (promql/functions.go,
 * `extrapolatedRate`). Undefined with fewer than two samples.
 */
export function extrapolated(
  input: Omit<RangeInput, 'nowMs' | 'params'>,
  growth: Growth,
): { value: number; histogram?: NativeHistogram } | undefined {
  const { samples, fromMs, toMs } = input;
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last || samples.length < 2) return undefined;
  const sampled = (last.tMs - first.tMs) / 1000;
  const factor = stretch(input, growth.isCounter) / sampled;
  const scale = growth.isRate ? factor / ((toMs - fromMs) / 1000) : factor;
  if (first.histogram && last.histogram)
    return {
      value: NaN,
      histogram: addHistograms(last.histogram, first.histogram, scale, -scale),
    };
  if (first.histogram || last.histogram) return undefined;
  return { value: grown(samples, growth.isCounter) * scale };
}

/** Growth between first and last sample; a counter's value before each reset is added. */
function grown(samples: readonly Sample[], isCounter: boolean): number {
  const first = samples[0]?.value ?? NaN;
  let result = (samples.at(-1)?.value ?? NaN) - first;
  if (!isCounter) return result;
  let previous = first;
  for (const { value } of samples) {
    if (value < previous) result += previous;
    previous = value;
  }
  return result;
}

/** Seconds that the sampled growth stands for. */
function stretch(
  { samples, fromMs, toMs, count = samples.length }: Omit<RangeInput, 'nowMs' | 'params'>,
  isCounter: boolean,
): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return NaN;
  const sampled = (last.tMs - first.tMs) / 1000;
  const average = sampled / (count - 1);
  const threshold = average * 1.1;
  let toStart = (first.tMs - fromMs) / 1000;
  let toEnd = (toMs - last.tMs) / 1000;
  if (toStart >= threshold) toStart = average / 2;
  if (toEnd >= threshold) toEnd = average / 2;
  const growth = first.histogram ? 0 : grown(samples, isCounter);
  if (isCounter && growth > 0 && first.value >= 0)
    toStart = Math.min(toStart, sampled * (first.value / growth));
  return sampled + toStart + toEnd;
}
