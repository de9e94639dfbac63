import { describe, expect, it } from 'vitest';
import { matcherOf } from '../../src/promql/regex/match.ts';
import { samples } from '../../src/promql/regex/sample.ts';
import { solved } from './support.ts';

describe('hostile input', () => {
  it('an expression nested a thousand deep is named', () => {
    const deep = `${'('.repeat(1000)}x${')'.repeat(1000)} > 1`;
    expect(solved(deep)).toMatchObject({ kind: 'not-understood' });
  });

  it('a pattern that would take for ever elsewhere is matched in linear time', () => {
    expect(matcherOf('(a+)+b')?.('a'.repeat(20_000))).toBe(false);
    expect(
      solved('x{a="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",a=~"(a+)+b"} > 1'),
    ).not.toHaveProperty('pairs');
  });

  it('a subquery of a month in steps of a second ends', () => {
    expect(solved('max_over_time(rate(x[1m])[30d:1s]) > 5')).toHaveProperty('kind');
  });

  it.each(['5..', '(/dev/)?(sd.+|nvme.+)', '.*', '[^abc]+', '\\d{3}', '(?i)foo.*', '^a|b$', ''])(
    'texts of %s fit it',
    (pattern) => {
      const matches = matcherOf(pattern);
      const made = samples(pattern);
      expect(made.length).toBeGreaterThan(0);
      for (const text of made) expect(matches?.(text), text).toBe(true);
    },
  );
});
