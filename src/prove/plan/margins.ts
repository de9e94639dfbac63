import type { RecipeSeries, Shape } from '../../model/recipe.ts';

/** Of the distance between both sides of a limit, and of the near side itself: as far as real scrapes may be off. */
const OF_GAP = 0.02;
const OF_VALUE = 0.005;

/**
 * Slopes a little further from their limit on both sides than in virtual time: there rates are exact, and a slope may
 * lie on the limit itself; live they are sums of what was scraped.
 */
export function withMargins(shapes: RecipeSeries['shapes']): RecipeSeries['shapes'] {
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
