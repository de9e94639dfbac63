import { describe, expect, it } from 'vitest';
import { normalForm } from '../../src/mutate/judge/normal.ts';

const isSingle = (metric: string): boolean => metric === 'one';
const same = (a: string, b: string): boolean => {
  const form = normalForm(a, isSingle);
  return form !== undefined && form === normalForm(b, isSingle);
};

describe('two expressions that mean the same', () => {
  it.each([
    ['layout', 'x  > (1)', 'x > 1'],
    [
      'buckets that are all scaled alike',
      'histogram_quantile(0.9, sum by (le) (rate(b[5m])))',
      'histogram_quantile(0.9, avg by (le) (increase(b[5m])))',
    ],
    ['one series for each target', 'sum by (job, instance) (one)', 'max by (job, instance) (one)'],
    [
      'a matcher that the other side has too',
      '100 * a{x!="1"} / b{x!="1"} > 5',
      '100 * a / b{x!="1"} > 5',
    ],
    [
      'a matcher that the other side has too, within sums by its label',
      '100 * (sum by (job) (rate(a{job="x", s="5"}[5m])) or 0 * sum by (job) (rate(a{job="x"}[5m]))) / sum by (job) (rate(a{job="x"}[5m]))',
      '100 * (sum by (job) (rate(a{s="5"}[5m])) or 0 * sum by (job) (rate(a{job="x"}[5m]))) / sum by (job) (rate(a{job="x"}[5m]))',
    ],
    ['the order of matchers', 'a{x="1", y="2"}', 'a{y="2", x="1"}'],
    [
      'nought times a rate',
      'a or 0 * sum by (job) (rate(x[5m]))',
      'a or 0 * max by (job) (irate(x[5m]))',
    ],
  ])('%s', (_name, a, b) => expect(same(a, b)).toBe(true));
});

describe('two that look alike and differ', () => {
  it.each([
    [
      'buckets of which the highest is taken',
      'histogram_quantile(0.9, sum by (le) (b))',
      'histogram_quantile(0.9, max by (le) (b))',
    ],
    ['a rate that is held against a number', 'rate(x[5m]) > 1', 'increase(x[5m]) > 1'],
    ['several series', 'sum by (job, instance) (x)', 'max by (job, instance) (x)'],
    ['one series of each instance, added up', 'sum by (job) (one)', 'max by (job) (one)'],
    ['how many series there are', 'sum by (job, instance) (one)', 'count by (job, instance) (one)'],
    ['sides that match by some labels', 'a{x="1"} / on (job) b{x="1"}', 'a / on (job) b{x="1"}'],
    [
      'a matcher of a label that is summed away',
      'sum by (job) (a{x="1"}) / sum by (job) (b{x="1"})',
      'sum by (job) (a) / sum by (job) (b{x="1"})',
    ],
    [
      'a matcher of a label that is left out',
      'sum without (x) (a{x="1"}) / sum without (x) (b{x="1"})',
      'sum without (x) (a) / sum without (x) (b{x="1"})',
    ],
    ['a set of series', 'a{x="1"} or b{x="1"}', 'a or b{x="1"}'],
    ['nought times a gauge', '0 * sum by (job) (x)', '0 * max by (job) (x)'],
    ['nought times a rate of other labels', '0 * sum by (a) (rate(x[5m]))', '0 * sum(rate(x[5m]))'],
    ['another moment', 'x offset 1h', 'x offset 2h'],
    ['another step', 'increase(x[15m:1m])', 'increase(x[15m:30s])'],
    ['a range and a subquery', 'increase(x[15m])', 'increase(x[15m:])'],
  ])('%s', (_name, a, b) => expect(same(a, b)).toBe(false));
});
