import { describe, expect, it } from 'vitest';
import { findPromtool } from '../../src/commands/promtool.ts';
import { solveStack } from '../../src/commands/solve-stack.ts';
import { problemFrom, unpinnedSides } from '../solve/support.ts';
import { AS_WRITTEN } from './as-written.ts';
import { KINDS, SHORT_KINDS } from './kinds.ts';

const promtool = await findPromtool();
const signal = new AbortController().signal;

describe.skipIf(promtool === undefined)('what the harness solves, the real engine confirms', () => {
  const all = [
    ...Object.entries(KINDS).map(([kind, exprs]) => ({ kind, exprs, times: ['0s', '7m'] })),
    ...Object.entries(SHORT_KINDS).map(([kind, exprs]) => ({ kind, exprs, times: ['0s', '1m'] })),
    { kind: 'alerts as people write them', exprs: AS_WRITTEN, times: ['5m'] },
  ];

  it.each(all)('$kind', async ({ exprs, times }) => {
    const rules = exprs.flatMap((expr, i) =>
      times.map((time) => ({ alert: `A${i}for${time}`, expr, for: time })),
    );
    const { recipes, unsolved } = await solveStack(
      problemFrom(rules),
      promtool ?? '',
      signal,
      () => undefined,
    );
    expect(unsolved).toEqual([]);
    const loose = recipes.filter(({ pins }) => unpinnedSides(pins).length > 0);
    expect(loose.map(({ alert, pins }) => [alert.name, pins])).toEqual([]);
    expect(recipes).toHaveLength(times.length * exprs.length);
  });
});
