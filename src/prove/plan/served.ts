import type { RecipeSeries } from '../../model/recipe.ts';
import type { PlannedAlert } from './alerts.ts';
import { withMarginOfGaps } from './gaps.ts';
import { asksForCount, isSeenToChange, placedWithMargins } from './margins.ts';
import type { PlacedSeries } from './on-target.ts';
import type { Intervals } from './times.ts';

/** Its series as they are served live, or why they can't be told apart there. */
export function servedLive(
  alert: PlannedAlert,
  all: readonly PlacedSeries[],
  intervals: Intervals,
  speed: number,
): PlacedSeries[] | string {
  const recipeMs = alert.recipe.pairs[0].timeline.scrapeMs;
  const exprs = [alert.rule, ...alert.behind].flatMap(({ expression }) => expression.expr ?? []);
  if (exprs.some(asksForCount)) return 'how often it changes exactly hangs on when it is scraped';
  const served: PlacedSeries[] = [];
  for (const one of placedWithMargins(alert, all, speed)) {
    const scrapeMs = one.job.intervalMs ?? intervals.scrapeMs;
    const shapes = withMarginOfGaps(one.series.shapes, { scrapeMs, recipeMs });
    if (!shapes) return 'how many samples its window holds hangs on when it is scraped';
    if (!isSeenToChange(shapes))
      return 'how often it changes in its window hangs on when it is scraped';
    served.push({ ...one, series: { ...one.series, shapes } });
  }
  return served;
}

/** How long series that go up and down stand still at most, or are away. */
export function longestStepMs(series: RecipeSeries[]): number {
  const shapes = series.flatMap((one) => Object.values(one.shapes));
  return Math.max(
    0,
    ...shapes.map((shape) => {
      if (shape.kind === 'gaps') return shape.awaySeconds * 1000;
      return shape.kind === 'toggle' ? shape.everySeconds * 1000 : 0;
    }),
  );
}
