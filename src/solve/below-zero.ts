import type { NeverNegative } from '../promql/bounds.ts';
import type { World } from './world.ts';

/**
 * How far below 0 a world leads, before a moment, what never falls below it; 0: nowhere. Where
 * series stand is never below 0 from the outset: lines alone lead there.
 */
export function belowZero(world: World, untilMs: number, neverNegative: NeverNegative): number {
  let deepest = 0;
  for (const { labels, shapes } of world.series)
    if (
      shapes.some((shape) => shape.kind === 'line' && shape.perSecond < 0) &&
      neverNegative(labels['__name__'] ?? '')
    )
      deepest = Math.max(deepest, -lowest(shapes, world.phasesMs, untilMs));
  return deepest;
}

/** The lowest end of a series' lines: each goes on from where the series stood. */
function lowest(
  shapes: World['series'][number]['shapes'],
  phasesMs: readonly number[],
  untilMs: number,
): number {
  let least = 0;
  let at: number | undefined;
  for (const [i, shape] of shapes.entries()) {
    const fromMs = phasesMs[i] ?? 0;
    if (fromMs >= untilMs) break;
    const seconds = (Math.min(phasesMs[i + 1] ?? Infinity, untilMs) - fromMs) / 1000;
    if (shape.kind === 'line') at = (at ?? shape.from) + shape.perSecond * seconds;
    else at = shape.kind === 'value' ? shape.value : undefined;
    least = Math.min(least, at ?? 0);
  }
  return least;
}
