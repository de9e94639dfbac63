import { describe, expect, it } from 'vitest';
import { solved, unpinnedSides } from './support.ts';

const BUILDERS =
  'sum by (cluster, tenant) (builder) == 0 and max by (cluster) (blocklist_length) > 0';
/** Sides that meet for some series alone, those labels, and a twin that meets for all. */
const ONE_SIDED: readonly [expr: string, lacking: string[], twin: string][] = [
  [BUILDERS, ['tenant'], BUILDERS.replace('and', 'and on (cluster)')],
  [
    'avg(blocks) / avg(blocks offset 1h) by (cluster, namespace) > 1.4',
    ['cluster', 'namespace'],
    'avg(blocks) by (cluster, namespace) / avg(blocks offset 1h) by (cluster, namespace) > 1.4',
  ],
  [
    'sum by (pod) (used) > ignoring (node) sum by (node) (limit)',
    ['pod'],
    'sum by (pod) (used) > ignoring (pod) group_left () sum by () (limit)',
  ],
  [
    'sum by (pod, zone) (used) > on (pod, zone) max by (pod) (limit)',
    ['zone'],
    'sum by (pod, zone) (used) > on (pod) group_left () max by (pod) (limit)',
  ],
];

describe('sides of which one alone groups by a label', () => {
  it.each(ONE_SIDED)('%s', (expr, lacking, twin) => {
    const rule = { alert: 'A', expr, for: '5m', annotations: { a: '{{ $labels.tenant }}' } };
    const result = solved(rule);
    if (!('pairs' in result)) throw new Error(`${result.kind}: ${result.reason}`);
    expect(result.lacking).toEqual(lacking);
    for (const { labels } of result.pairs[0].series)
      for (const label of lacking) expect(labels).not.toHaveProperty(label);
    expect(unpinnedSides(result.pins)).toEqual([]);
    const other = solved({ ...rule, expr: twin });
    expect(other).toHaveProperty('pairs');
    expect(other).not.toHaveProperty('lacking');
  });

  it.each([
    'sum by (cluster, tenant) (builder) == 0 or max by (cluster) (blocks) > 5',
    'sum by (cluster, tenant) (builder) == 0 unless max by (cluster) (blocks) > 5',
    'sum by (cluster) (builder) > 5',
  ])('but nothing is left out where they need not meet: %s', (expr) => {
    const result = solved(expr);
    expect(result).toHaveProperty('pairs');
    expect(result).not.toHaveProperty('lacking');
  });

  it('and a label that a target always has can never be left out', () => {
    expect(solved('sum by (job) (x) > max by (cluster) (y)')).toMatchObject({
      kind: 'unsatisfiable',
    });
  });
});
