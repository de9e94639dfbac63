import { describe, expect, it } from 'vitest';
import type { Shape } from '../../src/model/recipe.ts';
import { withMarginOfGaps } from '../../src/prove/plan/gaps.ts';
import { levelsOf } from '../../src/synthetic/levels.ts';

const EVERY = { scrapeMs: 15_000, recipeMs: 15_000 };
const one: Shape = { kind: 'value', value: 1 };
/** Of 20 samples in 5 minutes so many are missing. */
const without = (missing: number): Shape =>
  missing === 0
    ? one
    : {
        ...{ kind: 'gaps', value: 1 },
        ...{ thereSeconds: 300 - 15 * missing, awaySeconds: 15 * missing },
      };
const pair = (near: Shape, over: Shape) => ({ near, over, calm: near });

describe('a series of which samples are missing', () => {
  it('is served with one more missing over the limit, and one fewer near it', () => {
    expect(withMarginOfGaps(pair(without(10), without(11)), EVERY)).toEqual(
      pair(without(9), without(12)),
    );
    expect(withMarginOfGaps(pair(without(5), without(4)), EVERY)).toEqual(
      pair(without(6), without(3)),
    );
    expect(withMarginOfGaps(pair(without(1), without(2)), EVERY)).toEqual(pair(one, without(3)));
  });

  it('is not told apart live where there is no room for that, or scrapes are others', () => {
    expect(withMarginOfGaps(pair(one, without(1)), EVERY)).toBeUndefined();
    expect(withMarginOfGaps(pair(without(18), without(19)), EVERY)).toBeUndefined();
    expect(withMarginOfGaps(pair({ kind: 'absent' }, without(4)), EVERY)).toBeUndefined();
    const slower = { scrapeMs: 30_000, recipeMs: 15_000 };
    expect(withMarginOfGaps(pair(without(10), without(11)), slower)).toBeUndefined();
  });

  it('leaves what has no gaps as it is', () => {
    expect(withMarginOfGaps(pair(one, { kind: 'absent' }), EVERY)).toEqual(
      pair(one, { kind: 'absent' }),
    );
  });

  it('comes and goes in a world of any speed', () => {
    const series = { metric: 'x', labels: {}, steps: [{ atMs: 0, shape: without(8) }] };
    const { valueAt } = levelsOf(series, 10);
    const there = [0, 17_900, 18_000, 29_900, 30_000].map((atMs) => valueAt(atMs, 0));
    expect(there).toEqual([1, 1, undefined, undefined, 1]);
  });
});
