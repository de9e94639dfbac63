import { describe, expect, it } from 'vitest';
import { EXPRESSION_OPERATORS, mutateExpr } from '../../src/mutate/expression/index.ts';

const texts = (expr: string, operator: string): string[] =>
  mutateExpr(expr, 15_000)
    .filter((mutation) => mutation.operator === operator)
    .map((mutation) => mutation.expr);

/** Each operator on a small expression: exactly these mutants. */
const CASES: [operator: string, expr: string, mutants: string[]][] = [
  ['limit-moved', 'x > 0.05', ['x > 0.0515', 'x > 0.0485']],
  ['limit-moved', 'x == 0', ['x == 1', 'x == -1']],
  ['limit-moved', '(x) >= (1000)', ['(x) >= (1030)', '(x) >= (970)']],
  ['limit-moved', 'x * 100', []],
  ['limit-slipped', 'x > 0.5', ['x > 5', 'x > 0.05', 'x > 30', 'x > 500', 'x > 50', 'x > 0.005']],
  ['constant-changed', 'x * 100 > 5', ['x * 200 > 5']],
  ['argument-changed', 'histogram_quantile(0.95, x)', ['histogram_quantile(0.5, x)']],
  ['argument-changed', 'topk(5, x)', ['topk(10, x)']],
  ['argument-changed', 'predict_linear(x[1h], 3600) < 0', ['predict_linear(x[1h], 7200) < 0']],
  ['comparison-turned', 'x > 1', ['x < 1']],
  ['comparison-turned', 'x == 0', ['x != 0']],
  ['comparison-inclusive', 'x > 1', ['x >= 1']],
  ['comparison-inclusive', 'x == 1', []],
  ['set-operator-swapped', 'a and b', ['a or b', 'a unless b']],
  ['set-operator-swapped', 'a or b', ['a and b', 'a unless b']],
  ['set-operator-swapped', 'a unless b', ['a and b', 'a or b']],
  ['arithmetic-swapped', 'a / b > 1', ['a * b > 1']],
  ['operands-swapped', 'a / b > 1', ['b / a > 1']],
  ['operands-swapped', 'a * b > 1', []],
  [
    'operands-swapped',
    '(a / b) - (c - d offset 5m)',
    ['(c - d offset 5m) - (a / b)', '(b / a) - (c - d offset 5m)'],
  ],
  ['operands-swapped', 'a < a offset 1h / 2', []],
  ['operands-swapped', 'a / on (job) group_left b', []],
  ['bool-added', 'a > 1', ['a > bool 1']],
  ['bool-dropped', 'a > bool 1', ['a >  1']],
  ['function-swapped', 'rate(x[5m])', ['irate(x[5m])', 'increase(x[5m])']],
  ['aggregation-swapped', 'sum(x)', ['avg(x)', 'max(x)', 'count(x)']],
  ['matcher-dropped', 'x{a="b",c="d"}', ['x{c="d"}', 'x{a="b"}']],
  ['matcher-dropped', 'x{a="b"}', ['x{}']],
  ['matcher-negated', 'x{a=~"b"}', ['x{a!~"b"}']],
  ['matcher-widened', 'x{a="b.c"}', ['x{a=~"b\\\\.c.*"}']],
  ['matcher-misspelt', 'x{a="b"}', ['x{a="bx"}']],
  ['matcher-misspelt', 'x{a=~"b.*"}', ['x{a=~"b.*q"}']],
  ['matcher-misspelt', 'x{a!="b"}', []],
  ['group-label-dropped', 'sum by (job, le) (x)', ['sum by (le) (x)', 'sum by (job) (x)']],
  ['group-label-added', 'sum by (job) (x)', ['sum by (job, instance) (x)']],
  ['by-becomes-without', 'sum by (job) (x)', ['sum without (job) (x)']],
  ['grouping-dropped', 'sum by (job) (x)', ['sum  (x)']],
  ['matching-swapped', 'a / on (job) b', ['a / ignoring (job) b']],
  ['matching-label-dropped', 'a / on (job, x) b', ['a / on (x) b', 'a / on (job) b']],
  ['matching-dropped', 'a / on (job) b', ['a /  b']],
  ['group-side-swapped', 'a / on (x) group_left b', ['a / on (x) group_right b']],
  ['group-side-swapped', 'a / on (x) group_right b', ['a / on (x) group_left b']],
  [
    'carried-label-dropped',
    'a / on (x) group_left (y, z) b',
    ['a / on (x) group_left (z) b', 'a / on (x) group_left (y) b'],
  ],
  ['matching-label-dropped', 'a / on (x) group_left (y) b', ['a / on () group_left (y) b']],
  ['range-changed', 'rate(x[5m])', ['rate(x[2m30s])', 'rate(x[10m])']],
  ['range-under-two-scrapes', 'rate(x[5m]) > 1', ['rate(x[15s]) > 1']],
  ['range-under-two-scrapes', 'deriv((x[5m] offset 1m))', ['deriv((x[15s] offset 1m))']],
  ['range-under-two-scrapes', 'rate(x[20s]) + avg_over_time(x[5m]) + rate(a:b[5m])', []],
  ['range-under-two-scrapes', 'rate(x[5m:1m])', []],
  ['offset-dropped', 'x offset 10m', ['x']],
  ['at-dropped', 'x offset 1m @ end()', ['x offset 1m']],
  ['at-dropped', 'rate(x[5m] @ start())', ['rate(x[5m])']],
  ['offset-added', 'rate(x[5m])', ['rate(x[5m] offset 1h)']],
  ['offset-added', 'a - b offset 5m', ['a offset 1h - b offset 5m']],
  ['offset-dropped', 'a < b offset 1h / 2', ['a < b / 2']],
];

describe('each way of getting an expression wrong', () => {
  it.each(CASES)('%s: %s', (operator, expr, mutants) => {
    expect(texts(expr, operator)).toEqual(mutants);
  });

  it('every operator has a case in which it makes a mutant', () => {
    const shown = CASES.filter(([, , mutants]) => mutants.length > 0).map(([operator]) => operator);
    expect([...new Set(shown)].sort()).toEqual(EXPRESSION_OPERATORS.map(({ id }) => id).sort());
  });
});

it('no mutant is made twice, and none equals what it was made from', () => {
  const expr = 'sum by (job) (rate(e{code=~"5.."}[5m])) / sum by (job) (rate(e[5m])) > 0.05';
  const all = mutateExpr(expr, 15_000).map((mutation) => mutation.expr);
  expect(new Set(all).size).toBe(all.length);
  expect(all).not.toContain(expr);
});
