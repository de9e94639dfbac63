import type { ScrapedThings } from '../../../technologies/load.ts';
import { Exposition } from './exposition.ts';

const DIGITS = 6;

/** The metrics text of some things, numbered from `first`. */
export function thingsText(
  { label, prefix, metrics }: ScrapedThings,
  first: number,
  count: number,
): Exposition {
  const text = new Exposition();
  const labels = Array.from(
    { length: count },
    (_, n) => `${label}="${prefix}${String(first + n).padStart(DIGITS, '0')}"`,
  );
  for (const metric of metrics) {
    text.metric(metric.name, metric.type);
    for (const each of labels)
      if (metric.type === 'histogram') text.histogram(metric.name, each, metric.buckets);
      else text.add(metric.name, each, metric.moves ? metric.type : 'constant');
  }
  return text;
}
