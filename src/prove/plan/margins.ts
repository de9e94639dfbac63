import type { RecipeSeries, Shape } from '../../model/recipe.ts';

/**
 * Of the distance between both sides of a limit, and of the near side itself: as far as real
 * scrapes may be off.
 */
const OF_GAP = 0.02;
const OF_VALUE = 0.005;

/** Changes more in a window, and fewer: where a window begins and ends, one may be seen or not. */
const CHANGES = 0.5;

/**
 * Levels as they are served live: a little further from their limit than in virtual time, where
 * nothing is ever late.
 * @param windowMs how far back the alert looks
 */
export function withMargins(
  shapes: RecipeSeries['shapes'],
  windowMs: number,
): RecipeSeries['shapes'] {
  return withMarginOfChanges(withMarginOfSlopes(shapes), windowMs);
}

/**
 * What changes more often over the limit changes a little more often, and near it a little less.
 */
function withMarginOfChanges(
  { near, over, calm }: RecipeSeries['shapes'],
  windowMs: number,
): RecipeSeries['shapes'] {
  const changes = (shape: Shape): number =>
    shape.kind === 'toggle' ? windowMs / 1000 / shape.everySeconds : 0;
  const gap = changes(over) - changes(near);
  const by = (shape: Shape, more: number): Shape =>
    shape.kind === 'toggle' && changes(shape) + more > 0
      ? { ...shape, everySeconds: windowMs / 1000 / (changes(shape) + more) }
      : shape;
  const away = Math.sign(gap) * CHANGES;
  return { near: by(near, -away), over: by(over, away), calm: by(calm, -away) };
}

/**
 * Slopes a little further from their limit on both sides than in virtual time: there rates are
 * exact, and a slope may lie on the limit itself; live they are sums of what was scraped.
 */
function withMarginOfSlopes(shapes: RecipeSeries['shapes']): RecipeSeries['shapes'] {
  const { near, over, calm } = shapes;
  if (near.kind !== 'line' || over.kind !== 'line' || near.perSecond === over.perSecond)
    return shapes;
  const gap = over.perSecond - near.perSecond;
  const margin = Math.max(Math.abs(gap) * OF_GAP, Math.abs(near.perSecond) * OF_VALUE);
  const away = Math.sign(gap) * margin;
  const quiet: Shape = { ...near, perSecond: moved(near.perSecond, -away) };
  const isCalmNear = calm.kind === 'line' && calm.perSecond === near.perSecond;
  return {
    near: quiet,
    over: { ...over, perSecond: moved(over.perSecond, away) },
    calm: isCalmNear ? quiet : calm,
  };
}

/** Standing still is exact, and nothing turns round. */
function moved(perSecond: number, by: number): number {
  if (perSecond === 0) return 0;
  return Math.sign(perSecond + by) === Math.sign(perSecond) ? perSecond + by : perSecond;
}
