import { describe, expect, it } from 'vitest';
import type { Pin } from '../../src/model/recipe.ts';
import { solved, unpinnedSides } from './support.ts';

function pinsOf(expr: string): Pin[] {
  const result = solved({ alert: 'A', expr });
  return 'pairs' in result ? result.pins : [];
}

describe('numbers that are pinned on both sides', () => {
  it.each([
    ['what counts changes by whole numbers', 'changes(start_time_seconds[15m]) > 2'],
    ['a filter inside of a ratio', 'used / (quota > 0) > 0.8'],
    ['a limit before its values', '3 <= round(x, 0.1) < 20'],
    ['each branch of an `or`', 'a == 1 or b == 1'],
    ['numbers that make up a limit', '(not_after - time()) < 21 * 24 * 3600'],
    ['a limit of 0 beside another', 'deriv(offset_seconds[5m]) > 0 and on () load > 0.05'],
    ['a part and its complement', 'sum(rate(r{code!="OK"}[1m])) / sum(rate(r[1m])) > 0.01'],
    ['a limit that a small step jumps over', '(1 - a / b) * 100 < 20 and b > 1'],
    ['what grows fast', 'exp(x) > 100'],
    [
      'a quantile in seconds',
      'histogram_quantile(0.5, sum by (le) (rate(l_bucket[5m]))) < 24 * 60',
    ],
  ])('%s', (_, expr) => {
    const pins = pinsOf(expr);
    expect(pins.length).toBeGreaterThan(0);
    expect(pins.filter((p) => !p.lower || !p.higher)).toEqual([]);
  });
});

it('a line towards 0 is pinned beside a share of the same series, and others that keep it quiet', () => {
  const expr =
    '(free / all) < 0.15 and used > 0 and predict_linear(free[6h], 4 * 24 * 3600) < 0 ' +
    'unless on (claim) access{mode="read"} == 1 unless on (claim) labels{excluded="true"} == 1';
  const result = solved({ alert: 'A', expr, for: '1h' });
  const pins = 'pins' in result ? result.pins : [];
  expect(pins).toHaveLength(5);
  expect(unpinnedSides(pins)).toEqual([]);
});

describe('numbers that nothing could notice', () => {
  it('a count is never below 1', () => {
    const [pin] = pinsOf('count(x) > 0');
    expect(pin).toMatchObject({ lower: false, loose: { lower: { equivalent: true } } });
    expect(pin?.loose?.lower?.reason).toContain('between -1 and 0');
  });

  it.each([
    [
      'no requests, no share',
      '100 * sum by (a) (rate(x{b="1"}[5m])) / sum by (a) (rate(x[5m])) > 0.1 and sum by (a) (rate(x[5m])) > 0',
    ],
    [
      'none of either, no share',
      'rate(x[5m]) / (rate(x[5m]) + rate(y[5m])) > 0.1 and (rate(x[5m]) + rate(y[5m])) > 0',
    ],
    ['what is negative is no share', '(x > 0) / (y > 0) > 0.8'],
    ['what divides itself', 'rate(x{a="1"}[5m]) / rate(x[5m]) > 0.01'],
  ])('%s', (_, expr) => {
    expect(unpinnedSides(pinsOf(expr))).toEqual([]);
  });

  it('one that only another series decides on is not among them', () => {
    const [limit, zero] = pinsOf('x / y > 0.5 and on (job) y > 0');
    expect([limit?.loose, zero?.loose]).toEqual([undefined, undefined]);
  });

  it('a number that could be told apart is never said to be the same', () => {
    for (const pin of pinsOf('x > 5')) expect(pin.loose).toBeUndefined();
  });
});
