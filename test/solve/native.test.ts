import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/model/recipe.ts';
import { solved, unpinnedSides } from './support.ts';

/** What the alert of an expression is provoked by. */
function shapeFor(expr: string): Shape | undefined {
  const result = solved({ alert: 'A', expr, for: '15m' });
  if (!('pairs' in result)) throw new Error(`${result.kind}: ${result.reason}`);
  expect(unpinnedSides(result.pins)).toEqual([]);
  return result.pairs[0].series[0]?.shapes.over;
}

describe('a quantile of what somebody else records', () => {
  it.each([
    'histogram_quantile(0.99, cluster_job:latency:sum_rate{route!~"a|b"}) > 2.5',
    'histogram_quantile(0.99, sum by (job) (latency:rate)) > 2.5',
    'histogram_quantile(0.99, latency:rate) * 1000 > 300',
  ])('is of native histograms that stand: %s', (expr) =>
    expect(shapeFor(expr)).toMatchObject({ kind: 'histogram', stands: true }),
  );

  it('and of those that grow where it asks for their rate', () => {
    const shape = shapeFor('histogram_quantile(0.99, rate(latency[5m])) > 2.5');
    expect(shape).toMatchObject({ kind: 'histogram' });
    expect(shape).not.toHaveProperty('stands');
  });

  it.each([
    'histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m]))) > 2.5',
    'histogram_quantile(0.9, sum by (instance, le) (rate(l_bucket[5m])) * on (instance) group_left () info) > 2',
  ])('but not where it is of buckets: %s', (expr) =>
    expect(shapeFor(expr)).toMatchObject({ kind: 'line' }),
  );
});
