import { expect, it } from 'vitest';
import { elementsOf } from '../../src/promql/evaluate/index.ts';
import type { Storage } from '../../src/promql/evaluate/index.ts';
import { parseExpr } from '../../src/promql/parse.ts';

/** A series whose value is the moment, seconds. */
const storage: Storage = {
  instant: (_, tMs) => [{ labels: { __name__: 'x' }, sample: { tMs, value: tMs / 1000 } }],
  range: (_, fromMs, toMs) => [
    {
      labels: { __name__: 'x' },
      samples: [
        { tMs: fromMs + 1, value: fromMs / 1000 },
        { tMs: toMs, value: toMs / 1000 },
      ],
    },
  ],
};

it.each([
  ['x', 1_000],
  ['x offset 5m', 700],
  ['x @ 400', 400],
  ['x @ 400 offset 5m', 100],
  ['x offset 5m @ 400', 100],
  ['x @ end() offset -5m', 1_300],
  ['max_over_time(x[1m] @ 400 offset 5m)', 100],
  ['timestamp(x @ 400 offset 5m)', 100],
])('%s looks at %d s', (text, seconds) => {
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) throw new Error(parsed.message);
  const context = { storage, tMs: 1_000_000, stepMs: 60_000, budget: { samples: 1_000 } };
  expect(elementsOf(parsed.expr, context).map(({ value }) => value)).toEqual([seconds]);
});
