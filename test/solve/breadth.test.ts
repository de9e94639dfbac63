import { describe, expect, it } from 'vitest';
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
