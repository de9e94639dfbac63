import type { RecipeSeries, Shape } from '../../model/recipe.ts';

type Shapes = RecipeSeries['shapes'];
type Gaps = Extract<Shape, { kind: 'gaps' }>;

/**
 * A series with gaps as it is served live: a window that begins between two scrapes holds one
 * sample more or less, so that over the limit one more is missing than in virtual time, and near it
 * one fewer.
 * @param scrapeMs how often it is scraped live
 * @param recipeMs and how often in virtual time
 * @returns undefined where there is no room for that: the count hangs on the moments of scrapes
 */
export function withMarginOfGaps(
  shapes: Shapes,
  { scrapeMs, recipeMs }: { scrapeMs: number; recipeMs: number },
): Shapes | undefined {
  const { near, over, calm } = shapes;
  const period = [near, over].find((shape) => shape.kind === 'gaps');
  if (period?.kind !== 'gaps') return shapes;
  const more = away(over) - away(near);
  if (scrapeMs !== recipeMs || more === 0) return undefined;
  const by = Math.sign(more) * (scrapeMs / 1000);
  const [quiet, fires] = [longer(near, -by, period), longer(over, by, period)];
  if (!quiet || !fires) return undefined;
  const isCalmNear = JSON.stringify(calm) === JSON.stringify(near);
  return { near: quiet, over: fires, calm: isCalmNear ? quiet : calm };
}

/** For how many seconds of its period it isn't there. */
function away(shape: Shape): number {
  return shape.kind === 'gaps' ? shape.awaySeconds : 0;
}

/** Away for longer, or less long; undefined where it can't be. */
function longer(shape: Shape, by: number, period: Gaps): Shape | undefined {
  if (shape.kind !== 'gaps' && shape.kind !== 'value') return undefined;
  const awaySeconds = away(shape) + by;
  const thereSeconds = period.thereSeconds + period.awaySeconds - awaySeconds;
  if (awaySeconds < 0 || thereSeconds <= 0) return undefined;
  const { value } = shape;
  return awaySeconds === 0
    ? { kind: 'value', value }
    : { kind: 'gaps', value, thereSeconds, awaySeconds };
}
