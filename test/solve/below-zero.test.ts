import { describe, expect, it } from 'vitest';
import { LEVELS } from '../../src/model/recipe.ts';
import type { Pair } from '../../src/model/recipe.ts';
import { storageOf } from '../../src/solve/world.ts';
import { solved, unpinnedSides } from './support.ts';

/** The least value that any series of a metric has in a pair's world. */
function leastOf(metric: string, { series, timeline }: Pair): number {
  const { scrapeMs, overAtMs, calmAtMs, resolvedAtMs } = timeline;
  const storage = storageOf({
    scrapeMs,
    phasesMs: [0, overAtMs, calmAtMs],
    series: series.map((one) => ({
      labels: { ...one.labels, __name__: one.metric },
      shapes: LEVELS.map((level) => one.shapes[level]),
    })),
  });
  const selector = { type: 'selector', name: metric, matchers: [], from: 0, to: 0 } as const;
  return Math.min(
    ...storage
      .range(selector as never, -1, resolvedAtMs)
      .flatMap(({ samples }) => samples.map(({ value }) => value)),
  );
}

/** What is asked of a metric, and would be met below 0 at once. */
const ASKED = [
  ['used_bytes', 'used_bytes - size_bytes > 5'],
  ['size_bytes', 'used_bytes - size_bytes > 5'],
  ['free_bytes', '100 - free_bytes / size_bytes * 100 > 90'],
  ['used_bytes', 'used_bytes - used_bytes offset 1h < -1e9'],
  ['used_bytes', 'delta(used_bytes[30m]) < -1e6'],
  ['used_bytes', 'deriv(used_bytes[30m]) < -100'],
  ['avail_bytes', 'predict_linear(avail_bytes[1h], 4 * 3600) < 0'],
  ['failed_total', 'sum(failed_total) - sum(done_total) < -5'],
  ['failed_total', 'failed_total + temperature < -5'],
  ['x_count', 'x_count > 0'],
] as const;

describe('no world has less than nothing of what counts or measures bytes', () => {
  it.each(ASKED)('%s: %s', (metric, expr) => {
    const result = solved({ alert: 'A', expr, for: '5m' });
    if (!('pairs' in result)) throw new Error(`${result.kind}: ${result.reason}`);
    for (const pair of result.pairs) expect(leastOf(metric, pair)).toBeGreaterThanOrEqual(0);
    expect(unpinnedSides(result.pins)).toEqual([]);
  });

  it('and what its name says nothing of may fall below', () => {
    const result = solved('temperature < -5');
    expect('pairs' in result && leastOf('temperature', result.pairs[0])).toBeLessThan(-5);
  });
});
