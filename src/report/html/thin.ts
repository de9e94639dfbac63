/** More points than this on one curve can't be told apart. */
const MOST_POINTS = 400;
/** Nor more than this in one graph: many curves share them. */
const MOST_IN_ALL = 3_000;

/**
 * Which places of several curves over the same times are drawn: of each stretch the first one and
 * those with the least and greatest value of any curve, so that no spike is lost. All of them when
 * there are few.
 */
export function thinned(
  times: number[],
  curves: (number | null)[][],
  most = Math.min(MOST_POINTS, Math.floor(MOST_IN_ALL / Math.max(1, curves.length))),
): number[] {
  if (times.length <= most) return times.map((_, i) => i);
  // Three for each stretch, the last point beside them.
  const stretches = Math.floor((most - 1) / 3);
  const size = times.length / stretches;
  const kept = new Set<number>([times.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor(stretch * size);
    const places = Array.from(
      { length: Math.max(1, Math.floor((stretch + 1) * size) - from) },
      (_, i) => from + i,
    );
    kept.add(from);
    for (const extreme of [lowest, highest])
      kept.add(
        places.reduce((best, i) => (extreme(curves, i) > extreme(curves, best) ? i : best), from),
      );
  }
  return [...kept].sort((a, b) => a - b);
}

/** Five digits are more than any screen shows; what is no number is a gap. */
export function rounded(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value)
    ? null
    : Number(value.toPrecision(5));
}

/** A text that was recorded, in a length that somebody reads. */
export function shortened(text: string, most = 4_000): string {
  return text.length <= most
    ? text
    : `${text.slice(0, most)}… (${text.length - most} more characters)`;
}

const highest = (curves: (number | null)[][], i: number): number =>
  Math.max(...curves.map((curve) => curve[i] ?? -Infinity));
const lowest = (curves: (number | null)[][], i: number): number =>
  Math.max(
    ...curves.map((curve) => (curve[i] === null || curve[i] === undefined ? -Infinity : -curve[i])),
  );
