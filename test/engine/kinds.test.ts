import { describe, expect, it } from 'vitest';
import { findPromtool } from '../../src/commands/promtool.ts';
import { solveStack } from '../../src/commands/solve-stack.ts';
import { problemFrom, unpinnedSides } from '../solve/support.ts';
import { KINDS } from './kinds.ts';

const promtool = await findPromtool();
const signal = new AbortController().signal;

describe.skipIf(promtool === undefined)('what the harness solves, the real engine confirms', () => {
  it.each(Object.entries(KINDS))('%s', async (_, exprs) => {
    const rules = exprs.flatMap((expr, i) =>
      ['0s', '7m'].map((time) => ({ alert: `A${i}for${time}`, expr, for: time })),
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
    expect(recipes).toHaveLength(2 * exprs.length);
  });
});
