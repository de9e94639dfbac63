import { describe, expect, it } from 'vitest';
import type { RecipeSeries } from '../../src/model/recipe.ts';
import { asksForCount, isSeenToChange, withMargins } from '../../src/prove/plan/margins.ts';
import { parseExpr } from '../../src/promql/parse.ts';
import { solved } from '../solve/support.ts';

const toggling = (series: RecipeSeries[]): RecipeSeries[] =>
  series.filter(({ shapes }) => Object.values(shapes).some(({ kind }) => kind === 'toggle'));

describe('what counts changes can be proved live: no count hangs on the moment of a scrape', () => {
  it.each([
    'changes(x[15m]) > 3',
    'changes(x[5m]) > 2',
    'changes(x[1h]) >= 5',
    'changes(x[30m]) > 0',
    'changes(x[10m]) == 0',
    'changes(up[10m]) > 4',
    'resets(x_total[5m]) > 2',
    'resets(x_total[1h]) > 5',
    'sum by (job) (changes(x[10m])) > 6',
    'changes(x[15m]) >= 4 and on () up == 1',
  ])('%s', (expr) => {
    for (const time of ['0s', '5m', '15m']) {
      const recipe = solved({ alert: 'A', expr, for: time });
      if (!('pairs' in recipe)) throw new Error(JSON.stringify(recipe));
      const [{ series }] = recipe.pairs;
      const { windowMs } = recipe;
      const changing = toggling(series);
      expect(changing).not.toEqual([]);
      for (const { shapes } of changing) {
        expect(shapes.near.kind).not.toBe('absent');
        const served = withMargins(shapes, { windowMs, narrowestMs: windowMs, speed: 10 });
        expect(isSeenToChange(served), time).toBe(true);
      }
    }
  });

  it('nothing changes faster than it is scraped', () => {
    const recipe = solved('changes(x[5m]) > 2');
    const steps = 'pairs' in recipe ? recipe.pairs.flatMap(({ series }) => series) : [];
    const shapes = steps.flatMap((one) => Object.values(one.shapes));
    for (const shape of shapes)
      if (shape.kind === 'toggle') expect(shape.everySeconds).toBeGreaterThanOrEqual(60);
    expect(shapes.some(({ kind }) => kind === 'toggle')).toBe(true);
  });

  it.each([
    ['changes(x[5m]) == 2', true],
    ['sum(resets(x_total[1h])) == 3', true],
    ['changes(x[5m]) == 0', false],
    ['changes(x[5m]) > 2 and on () up == 1', false],
  ])('a certain count is not proved live: %s', (text, asks) => {
    const parsed = parseExpr(text);
    expect('expr' in parsed && asksForCount(parsed.expr)).toBe(asks);
  });
});
