import { describe, expect, it } from 'vitest';
import { isSameExpression } from '../../src/promql/same.ts';

describe('the same expression, however it is written', () => {
  it.each([
    ['x offset 1h > 1', 'x  offset 60m>1'],
    ['sum(\n  x offset 1h\n) > 1', 'sum(x offset 1h) > 1'],
    ['x @ 100 offset 5m', 'x offset 5m @ 100'],
    ['(x[5m:]) @ end()', 'x[5m:] @ end()'],
    ['sum(x @ start()) by (a, b)', 'sum by (b, a) (x @ start())'],
    ['sum by () (x)', 'sum(x)'],
    ['a / ignoring () b', 'a / b'],
    ['a + fill(0) b', 'a + fill(0)  b'],
  ])('%s', (a, b) => expect(isSameExpression(a, b)).toBe(true));
});

describe('another expression', () => {
  it.each([
    ['x offset 1h > 1', 'x offset 2h > 1'],
    ['x offset 1h > 1', 'x offset -1h > 1'],
    ['x @ start()', 'x @ end()'],
    ['x @ 100', 'x @ 200'],
    ['x', 'x offset 1h'],
    ['sum without () (x)', 'sum(x)'],
    ['a / on () b', 'a / b'],
    ['a + fill(0) b', 'a + fill(1) b'],
    ['rate(x[step()])', 'rate(x[range()])'],
  ])('%s', (a, b) => expect(isSameExpression(a, b)).toBe(false));
});
