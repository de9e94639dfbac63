import { expect, it } from 'vitest';
import { parseExpr } from '../../src/promql/parse.ts';
import { substitute } from '../../src/stack/variables.ts';

it.each([
  'rate(x_total[$__rate_interval])',
  'rate(x_total[${__rate_interval}])',
  'increase(x_total[${__range_s}s])',
  'sum_over_time(x[5m:$__interval])',
  'rate(x_total[[[window]]])',
  'rate(x_total[${window}s])',
  'x offset $shift',
  'x offset -${shift}',
  'sum(increase(x_total[$__range])) / $__range_s',
  'x{job=~"$job", code=~"${code:regex}", a="[[b]]"} > 1',
  'x * $__interval_ms / 1000',
])('%s stays PromQL of the same length, and nothing is guessed', (text) => {
  const { text: put, variables } = substitute(text);
  expect(put).toHaveLength(text.length);
  expect(parseExpr(put)).toHaveProperty('expr');
  expect(variables.some((v) => v.guessed)).toBe(false);
});

it.each(['sum by ($label) (x)', '$metric{a="b"}', 'topk($n, x)'])(
  '%s: what the variable holds may be anything, and is only guessed',
  (text) => {
    expect(substitute(text).variables.map((v) => v.guessed)).toEqual([true]);
  },
);
