import type { SampleRange } from './types.ts';

/** Sums over the samples of a window, of what lies between two of them on a line as well. */
export interface Sums {
  count: number;
  /** Of times, in seconds before or after a moment. */
  x: number;
  /** Of values, less the base: what is far from 0 would lose its last digits. */
  y: number;
  xx: number;
  xy: number;
  yy: number;
  /** The first value, where it is a number. */
  base: number;
}

/**
 * Adds up a window's values.
 * @param nowMs the moment from which times are counted
 */
export function sumsOf({ samples, count }: Omit<SampleRange, 'labels'>, nowMs: number): Sums {
  const [first, last] = [samples[0], samples.at(-1)];
  const base = Number.isFinite(first?.value) ? (first?.value ?? 0) : 0;
  const sums: Sums = { count: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0, base };
  if (!first || !last) return sums;
  const stepMs = count === undefined ? 0 : (last.tMs - first.tMs) / (count - 1);
  for (const [i, from] of samples.entries()) {
    const to = samples[i + 1] ?? from;
    const steps = stepMs > 0 && to !== from ? Math.round((to.tMs - from.tMs) / stepMs) : 1;
    addLine(
      sums,
      { x: (from.tMs - nowMs) / 1000, y: from.value - base },
      { x: (to.tMs - from.tMs) / 1000, y: to.value - from.value },
      steps,
    );
  }
  return sums;
}

/**
 * Adds so many points of a line, its beginning among them and its end not: the sums of the first
 * whole numbers, and of their squares.
 */
function addLine(
  sums: Sums,
  from: { x: number; y: number },
  way: { x: number; y: number },
  steps: number,
): void {
  const half = (steps - 1) / 2;
  const squares = ((steps - 1) * (2 * steps - 1)) / (6 * steps);
  sums.count += steps;
  sums.x += steps * from.x + half * way.x;
  sums.y += steps * from.y + half * way.y;
  sums.xx += steps * from.x ** 2 + 2 * half * from.x * way.x + squares * way.x ** 2;
  sums.xy +=
    steps * from.x * from.y + half * (from.x * way.y + from.y * way.x) + squares * way.x * way.y;
  sums.yy += steps * from.y ** 2 + 2 * half * from.y * way.y + squares * way.y ** 2;
}
