import { describe, expect, it } from 'vitest';
import { readTruth } from '../../src/ground-truth/check.ts';
import { evaluateTruth, hullOf } from '../../src/ground-truth/evaluate.ts';
import type { Bounds, Known } from '../../src/ground-truth/evaluate.ts';
import { TruthSyntaxError, parseTruth } from '../../src/ground-truth/parse.ts';

function problemOf(text: string): { message: string; offset: number } | undefined {
  try {
    readTruth(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof TruthSyntaxError)) throw error;
    return { message: error.message, offset: error.offset };
  }
}

describe('an expression over what is known', () => {
  it.each([
    ['1 + 2 * a.b', 7],
    ['(1 + 2) * a.b', 9],
    ['10 - a.b - 2', 5],
    ['12 / a.b / 2', 2],
    ['2 * (a.b + 1) / 4', 2],
    ['  a.b', 3],
  ])('%s is %d where a.b is 3', (text, value) => {
    const known = evaluateTruth(parseTruth(text), () => ({ ranges: [[3, 3]] }));
    expect(known && hullOf(known)).toEqual([value, value]);
  });

  it.each([
    ['redis.hitz', 'nobody knows `redis.hitz`; did you mean `redis.hits`?', 0],
    ['1 + redis.hitz * 2', 'nobody knows `redis.hitz`; did you mean `redis.hits`?', 4],
    ['100', 'it names no series', 0],
    ['', 'it ends too early', 0],
    ['redis.hits /', 'it ends too early', 12],
    ['(redis.hits', 'a parenthesis is not closed', 11],
    ['redis.hits redis.misses', "`redis.misses` can't stand here", 11],
    ['redis.hits % 2', "`%` can't stand here", 11],
    ['host-cpu-percent', "`h` can't stand here", 0],
    [
      'http.requests + redis.hits',
      "`redis.hits` is known in another way than `http.requests`: they can't be joined",
      16,
    ],
    [`${'('.repeat(5_000)}redis.hits`, 'it is longer than 1000 characters', 1_000],
  ])('%s is refused: %s', (text, message, offset) => {
    expect(problemOf(text)).toEqual({ message, offset });
  });

  it.each([
    ['redis.hits', 'moment'],
    ['http.errors / http.requests', 'mean'],
    ['http.response_time_p95 * 1000', 'median'],
  ])('%s is compared with the %s', (text, comparison) => {
    expect(readTruth(text).comparison).toBe(comparison);
  });
});

describe('what it allows', () => {
  const value = (text: string, series: Record<string, Known>): Known | undefined =>
    evaluateTruth(parseTruth(text), (name) => series[name]);
  const level = (low: number, high: number): Known => ({ ranges: [[low, high]] });
  const rate = (...rates: number[]): Known => ({
    ranges: rates.map((r): Bounds => [r, r]),
    rate: 1,
  });
  /** A share of two rates is this much off at most. */
  const OFF = 0.015;

  it('is a range: least by greatest and greatest by least', () => {
    expect(
      value('a.used / a.size * 100', { 'a.used': level(10, 13), 'a.size': level(50, 50) }),
    ).toEqual({ ranges: [[20, 26]] });
    expect(value('1 - a.x', { 'a.x': level(0.2, 0.3) })?.ranges[0]).toEqual([0.7, 0.8]);
  });

  it('goes window by window, so that what is both above and below the line moves together', () => {
    const share = value('a.x / (a.x + a.y)', { 'a.x': rate(1, 3), 'a.y': rate(1, 1) });
    expect(share?.rate).toBeUndefined();
    expect(share && hullOf(share)).toEqual([0.5 - OFF, 0.75 + OFF]);
  });

  it('of a share in per cent is as far off, wherever the hundred stands', () => {
    const series = { 'a.x': rate(1), 'a.y': rate(3) };
    for (const text of ['a.x / (a.x + a.y) * 100', '100 * a.x / (a.x + a.y)']) {
      const [low = NaN, high = NaN] = hullOf(value(text, series) ?? { ranges: [] });
      expect([low, high]).toEqual([expect.closeTo(25 - 1.5), expect.closeTo(25 + 1.5)]);
    }
  });

  it('of a rate is as inexact as rates are, also of several and of a multiple', () => {
    const series = { 'a.x': rate(1), 'a.y': rate(2) };
    expect(value('a.x + a.y', series)?.rate).toBe(1);
    expect(value('a.x * 60', series)).toEqual({ ranges: [[60, 60]], rate: 60 });
  });

  it('is unknown where a series is, and where it divides by what may be nothing', () => {
    expect(value('a.x + a.z', { 'a.x': level(1, 1) })).toBeUndefined();
    expect(value('a.x / a.z', { 'a.x': level(1, 1), 'a.z': level(0, 1) })).toBeUndefined();
  });
});
