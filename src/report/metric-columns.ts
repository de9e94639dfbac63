import type { Expectation } from '../model/expectation.ts';

/**
 * What is true of a metric whatever its value, a column each; everything else compares its values
 * with somebody who knows.
 */
export const METRIC_COLUMNS: { head: string; kinds: Expectation['kind'][] }[] = [
  { head: 'there', kinds: ['exported', 'scraped', 'judged'] },
  { head: 'type', kinds: ['type'] },
  { head: 'labels', kinds: ['labels', 'route-templates'] },
  { head: 'series', kinds: ['series-bounded'] },
  { head: 'owner', kinds: ['only-its-owners'] },
];

/** Whether the expectation compares the metric's values. */
export function isAboutValues({ kind }: Expectation): boolean {
  return !METRIC_COLUMNS.some(({ kinds }) => kinds.includes(kind));
}
