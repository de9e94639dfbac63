import { describe, expect, it } from 'vitest';
import { parseExpr } from '../../src/promql/parse.ts';
import { elementsOf } from '../../src/promql/evaluate/index.ts';
import type { Storage } from '../../src/promql/evaluate/index.ts';
import { NEEDLESS } from '../../src/promql/evaluate/over-time.ts';
import { storageOf } from '../../src/solve/world.ts';
import type { World } from '../../src/solve/world.ts';

/** Series that stand, rise, fall back to 0 and turn, in windows that see all of it or a part. */
const world: World = {
  scrapeMs: 15_000,
  phasesMs: [0, 600_000, 900_000],
  series: [
    {
      labels: { __name__: 'x', a: 'gauge' },
      shapes: [
        { kind: 'value', value: 1e9 },
        { kind: 'line', from: 0, perSecond: -3 },
        { kind: 'value', value: 7 },
      ],
    },
    {
      labels: { __name__: 'x', a: 'counter' },
      shapes: [
        { kind: 'line', from: 5, perSecond: 2 },
        { kind: 'value', value: 0 },
        { kind: 'line', from: 0, perSecond: 0.1 },
      ],
    },
    {
      labels: { __name__: 'x', a: 'appears' },
      shapes: [
        { kind: 'absent' },
        { kind: 'value', value: 3 },
        { kind: 'clock', offsetSeconds: 9 },
      ],
    },
  ],
};

function valuesOf(storage: Storage, text: string, tMs: number): number[] {
  const context = { storage, tMs, stepMs: 60_000, budget: { samples: 1e6 } };
  const parsed = parseExpr(text);
  if (!('expr' in parsed)) throw new Error(parsed.message);
  return elementsOf(parsed.expr, context).map((e) => e.value);
}

describe('a window of the samples at which lines turn gives what all of its samples give', () => {
  it.each([...NEEDLESS.keys()])('%s', (name) => {
    const turns = storageOf(world);
    const all: Storage = {
      ...turns,
      range: (selector, from, to) => turns.range(selector, from, to),
    };
    const more = name === 'predict_linear' ? ', 3600' : '';
    for (const range of ['2m', '7m', '15m', '30m'])
      for (const tMs of [300_000, 605_000, 700_000, 900_000, 1_000_000, 1_800_000]) {
        const text = `${name}(x[${range}]${more})`;
        const [fewer, every] = [valuesOf(turns, text, tMs), valuesOf(all, text, tMs)];
        expect(fewer.length).toBe(every.length);
        for (const [i, value] of every.entries())
          expect(Math.abs((fewer[i] ?? NaN) - value), `${text} at ${tMs}`).toBeLessThanOrEqual(
            1e-5 * Math.max(1, Math.abs(value)),
          );
      }
  });
});
