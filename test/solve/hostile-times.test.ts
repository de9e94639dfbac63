import { describe, expect, it } from 'vitest';
import { solved } from './support.ts';

describe('expressions that nobody writes cost little, and get a word', () => {
  it.each([
    ['a range of a hundred years', 'rate(x[100y]) > 1', 'a time of more than a year'],
    ['an offset of a hundred years', 'x offset 100y > 1', 'a time of more than a year'],
  ])('%s is named', (_, expr, construct) => {
    expect(solved(expr)).toMatchObject({ kind: 'not-understood', construct });
  });

  it('a `for` of a hundred years is named, one of a year is solved', () => {
    expect(solved({ alert: 'A', expr: 'x > 1', for: '100y' })).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringContaining('it waits or looks back for 36500d') as string,
    });
    const year = solved({ alert: 'A', expr: 'x > 1', for: '1y' });
    const evaluations =
      'pairs' in year
        ? year.pairs[0].timeline.resolvedAtMs / year.pairs[0].timeline.evaluationMs
        : Infinity;
    expect(evaluations).toBeLessThan(2_000);
  });

  it.each([
    ['100,000 branches', Array.from({ length: 100_000 }, (_, i) => `x${i} > 1`).join(' or ')],
    [
      '10,000 alternatives',
      `x{a=~"${Array.from({ length: 10_000 }, (_, i) => `v${i}`).join('|')}"} > 1`,
    ],
    ['a label of a megabyte', `x{${'l'.repeat(1e6)}="1"} > 1`],
    ['functions nested a thousand deep', `${'abs('.repeat(1000)}x${')'.repeat(1000)} > 1`],
  ])('%s are not read, and not said to be no PromQL', (_, expr) => {
    const result = solved(expr);
    expect(result).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringMatching(/isn't read: .*(characters|nested)/) as string,
    });
  });

  it.each([
    ['nothing equals NaN', 'x == NaN', /NaN/, 'x != NaN'],
    ['nothing is above infinity', 'x > Inf', /never true/, 'x < Inf'],
    ['nothing is there a day ahead', 'x offset -1d > 1', /ahead of the moment/, 'x offset 1d > 1'],
  ])('%s: that is proved', (_, wrong, reason, right) => {
    expect(solved(wrong)).toMatchObject({
      kind: 'unsatisfiable',
      reason: expect.stringMatching(reason) as string,
    });
    expect(solved(right)).toHaveProperty('pairs');
  });

  it.each(['count(x) > 1e9', 'changes(x[5m]) > 1e9', 'x{a=~"(a{1000}){1000}"} > 1'])(
    '%s ends',
    (expr) => {
      expect(solved(expr)).toHaveProperty('kind');
    },
  );
});
