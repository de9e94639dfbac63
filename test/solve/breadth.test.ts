import { describe, expect, it } from 'vitest';
import { escapeRegex } from '../../src/lib/escape-regex.ts';
import { solved } from './support.ts';

/** Shapes that need more than one thing moved in the right order. */
describe('solved without a word from anyone', () => {
  it.each([
    ['either of two', 'a{s="critical"} == 1 or b{s="critical"} == 1'],
    [
      'a ratio, and enough of it',
      'last_over_time(used_bytes[5m]) / last_over_time(size_bytes[5m]) < 0.5 and used_bytes > 104857600',
    ],
    ['an age in days', '(time() - last > 86400 * 10) and (last > 0)'],
    [
      'a label made from another',
      'label_replace(x, "node", "$1", "instance", "(.+):\\\\d+") * on (node) group_left (zone) zones > 5',
    ],
    [
      'a group made from a label',
      'sum by (node) (label_replace(m, "node", "$1", "instance", "(.*)")) / on (node) sum by (node) (k) > 0.9',
    ],
    ['what others have, by the same name', 'b{job!~"a|c"} unless on (version) b{job="c"}'],
    [
      'working hours',
      'day_of_week() >= 1 and day_of_week() <= 5 and hour() >= 8 < 18 and on () sum(rate(o[15m])) < 1',
    ],
    ['the end of the year', 'month() == 12 and day_of_month() > 20 and on () sales < 10'],
    [
      'enough of those that are over a limit themselves',
      'count by (db, instance) (age{state=~"idle.*"} > 300) > 2',
    ],
    ['copies that differ in what is left out', 'max(x) without (pod) - min(x) without (pod) > 5'],
    ['groups of groups', 'count(count by (job, hash) (config)) without (hash) > 1'],
    ['how often a comparison held', 'count_over_time((x > 5)[30m:1m]) > 10'],
    ['more changes than a window has scrapes', 'changes(x{name="hints"}[1m]) > 3'],
    ['half of an hour', 'minute() >= 30 and on () x > 5'],
    ['one hour of the day', 'hour() == 3 and on () x == 1'],
    ['a window against a longer one', 'rate(x_total[15m]) / rate(x_total[1d]) > 2'],
  ])('%s', (_, expr) => {
    expect(solved({ alert: 'A', expr, for: '5m' })).toHaveProperty('pairs');
  });
});

/** What time it is in London and Paris, by recording rules. */
const TIME = [
  {
    record: 'summer_time',
    expr: 'vector(1) and month() > 3 < 10 or vector(1) and month() == 3 and day_of_month() - day_of_week() >= 25 or vector(0)',
  },
  { record: 'london_time', expr: 'time() + 3600 * summer_time' },
  { record: 'paris_hour', expr: 'hour(london_time + 3600)' },
  { record: 'paris_weekday', expr: 'day_of_week(london_time + 3600)' },
  {
    record: 'open',
    expr: 'vector(1) and on () (paris_weekday > 0 < 6) and on () (paris_hour >= 8 < 18)',
  },
];

describe('the clock behind recording rules', () => {
  it.each([
    ['x > 1 and on () open'],
    ['x > 1 and on () (paris_hour >= 9 < 17)'],
    ['x > 1 unless on () (paris_weekday == 0 or paris_weekday == 6)'],
  ])('%s', (expr) => {
    const result = solved(...TIME, { alert: 'A', expr, for: '5m' });
    expect(result).toHaveProperty('pairs');
    expect(result).toHaveProperty('readsClock', true);
  });
  it('and a moment that is worked out', () =>
    expect(
      solved({ alert: 'A', expr: 'x > 1 and on () hour(vector(time() + 7200)) >= 9', for: '5m' }),
    ).toHaveProperty('readsClock', true));
  it('an age is no time of day', () =>
    expect(solved({ alert: 'A', expr: 'time() - last > 3600', for: '5m' })).toHaveProperty(
      'readsClock',
      false,
    ));
  it.each([['vector(time()) % 86400 < 3600'], ['x > 5 and on () (vector(time()) % 86400 < 3600)']])(
    'what the time itself leaves: %s',
    (expr) => {
      const result = solved({ alert: 'A', expr, for: '5m' });
      expect(result).toMatchObject({ readsClock: true });
      expect(result).toHaveProperty('pairs');
      expect(result).not.toHaveProperty('always');
    },
  );
});

describe('what fires in every world is told so', () => {
  it.each([
    ['sum(up) or vector(0) < 1', '`or` binds last, so `vector(0) < 1` is compared by itself'],
    ['count(x) or vector(0)', 'of what `or` joins nothing is compared'],
    ['absent(x) or x', 'of what `or` joins nothing is compared'],
    ['time() - scalar(x) > bool 600', '`> bool` gives 0'],
    ['hour() >= 0', 'none keeps it quiet'],
    ['vector(time()) < 1.7e9', 'none keeps it quiet'],
  ])('%s', (expr, reason) =>
    expect(solved({ alert: 'A', expr, for: '5m' })).toMatchObject({
      kind: 'not-understood',
      reason: expect.stringMatching(
        `^it fires in every world that was tried.*${escapeRegex(reason)}`,
      ) as string,
    }),
  );
  it('but what asks for no data at all is meant to, and what joins enough is solved', () => {
    expect(solved('vector(1)')).toMatchObject({ always: true });
    expect(solved('(sum(up) or vector(0)) < 1')).toHaveProperty('pairs');
  });
});
