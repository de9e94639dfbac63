import type { RecipeSeries, Shape } from '../model/recipe.ts';
import { plainNumber as plain } from '../lib/plain-number.ts';

/** What makes the difference between near and over, in words. */
export function leverWords(series: readonly RecipeSeries[]): string {
  const differing = series.filter(
    ({ shapes }) => JSON.stringify(shapes.near) !== JSON.stringify(shapes.over),
  );
  const told = differing
    .slice(0, 2)
    .map((s) => `${seriesName(s)} ${shapeWords(s.shapes.over)}, not ${shapeWords(s.shapes.near)}`);
  const more = differing.length - told.length;
  return told.length === 0
    ? 'it always fires'
    : `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

export function seriesName({ metric, labels }: Pick<RecipeSeries, 'metric' | 'labels'>): string {
  const pairs = Object.entries(labels).map(([k, v]) => `${k}=${JSON.stringify(v)}`);
  return `${metric}{${pairs.join(',')}}`;
}

function shapeWords(shape: Shape): string {
  switch (shape.kind) {
    case 'absent':
      return 'is not there';
    case 'value':
      return `is ${plain(shape.value)}`;
    case 'line':
      return `goes by ${plain(shape.perSecond)} a second`;
    case 'toggle':
      return `changes every ${plain(shape.everySeconds)} s`;
    case 'clock':
      return shape.offsetSeconds <= 0
        ? `is ${plain(-shape.offsetSeconds)} s ago`
        : `is ${plain(shape.offsetSeconds)} s ahead`;
    case 'histogram':
      return `observes ${shape.perSecond.buckets.map(plain).join(', ')} a second`;
  }
}
