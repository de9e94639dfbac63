import { expect, it } from 'vitest';
import { parseExpr } from '../../src/promql/parse.ts';

it.each([
  ['holt_winters(a[1h], 0.5, 0.5)', 'double_exponential_smoothing'],
  ['count_scalar(a)', 'scalar(count(…))'],
  ['drop_common_labels(a)', 'without (…)'],
])('%s names what took its place', (text, successor) =>
  expect(parseExpr(text)).toMatchObject({
    errorAt: 0,
    message: expect.stringContaining(successor) as string,
  }),
);
