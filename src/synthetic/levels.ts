import type { SyntheticSeries, SyntheticStep } from '../model/synthetic.ts';
import { isThere } from '../lib/shapes.ts';
import type { Shape } from '../model/recipe.ts';

/** A series whose value is known for every moment. */
export interface Levels {
  /**
   * @param atMs run ms after T0
   * @param nowSeconds the wall clock at that moment
   * @returns undefined where the series is absent
   */
  valueAt: (atMs: number, nowSeconds: number) => number | undefined;
}

/** A step with the value that a line goes on from. */
interface Anchored extends SyntheticStep {
  base: number | undefined;
}

/**
 * The values of a series in a world that is `speed` times faster than the stack's own: slopes and
 * toggles are those of its own seconds. Native histograms have no single value: they are absent
 * here.
 */
export function levelsOf(series: SyntheticSeries, speed: number): Levels {
  const steps: Anchored[] = [];
  for (const step of [...series.steps].sort((a, b) => a.atMs - b.atMs)) {
    const before = steps.at(-1);
    steps.push({ ...step, base: before && (within(before, step.atMs, speed, 0) ?? before.base) });
  }
  return {
    valueAt: (atMs, nowSeconds) => {
      const step = steps.findLast((s) => s.atMs <= atMs);
      return step && within(step, atMs, speed, nowSeconds);
    },
  };
}

function within(
  { atMs: since, shape, base }: Anchored,
  atMs: number,
  speed: number,
  nowSeconds: number,
): number | undefined {
  const seconds = (Math.max(0, atMs - since) / 1000) * speed;
  return shapeAt(shape, base, seconds, nowSeconds);
}

function shapeAt(
  shape: Shape,
  base: number | undefined,
  seconds: number,
  nowSeconds: number,
): number | undefined {
  switch (shape.kind) {
    case 'value':
      return shape.value;
    case 'line':
      return (base ?? shape.from) + shape.perSecond * seconds;
    case 'toggle':
      return shape.values[Math.floor(seconds / shape.everySeconds) % shape.values.length];
    case 'gaps':
      return isThere(shape, seconds) ? shape.value : undefined;
    case 'clock':
      return nowSeconds + shape.offsetSeconds;
    case 'absent':
    case 'silent':
    case 'histogram':
      return undefined;
  }
}
