import { expect, it } from 'vitest';
import { inStackTime } from '../../src/mutate/stack-time.ts';
import { speedUpExpr } from '../../src/speedup/promql.ts';

it.each([
  'sum by (job) (rate(x{a="b"}[5m]))',
  'x / 60 > 5',
  '100 * rate(a[1m]) / (rate(a[1m]) + irate(b[1m] offset 10m))',
  'max_over_time(rate(x[5m])[1h:1m])',
  'increase(x[1h]) * 3600',
])('what is done for a faster world is undone: %s', (expr) => {
  const sped = speedUpExpr(expr, 60).expr;
  expect(inStackTime(sped, 60)).toBe(expr);
});

it('at speed 1 nothing was done', () =>
  expect(inStackTime('(rate(x[5m]) / 1)', 1)).toBe('(rate(x[5m]) / 1)'));
