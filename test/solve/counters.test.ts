import { describe, expect, it } from 'vitest';
import { solved } from './support.ts';

const PART = 'sum(rate(q_total{code=~"5.."}[5m]))';
const WHOLE = 'sum(rate(q_total[5m]))';
const SHARE = { record: 'r:share', expr: `${PART} / ${WHOLE}` };
const SLOW = 'sum(rate(l_bucket{le="1.0"}[5m]))';
const ALL = 'sum(rate(l_bucket{le="+Inf"}[5m]))';

describe('no world is made of counters that fall below zero', () => {
  it.each([
    ['a part or nothing', `(${PART} or vector(0)) / ${WHOLE} > 1.2`, `${PART} / ${WHOLE} > 0.2`],
    [
      'buckets that hold less than smaller ones',
      `${SLOW} / ${ALL} > 1.1`,
      `${SLOW} / ${ALL} < 0.9`,
    ],
    [
      'more in a bucket than was counted',
      `${SLOW} > sum(rate(l_count[5m])) + 1`,
      `${SLOW} < sum(rate(l_count[5m])) - 1`,
    ],
    ['a counter that stands below zero', 'rate(q_total[5m]) > 1 and q_total < -5', 'q_total > 5'],
  ])('%s', (_, wrong, right) => {
    expect(solved({ alert: 'A', expr: wrong })).not.toHaveProperty('pairs');
    expect(solved({ alert: 'A', expr: right })).toHaveProperty('pairs');
  });
});

describe('a part of what grows is at most all of it', () => {
  it.each([
    ['what is left of it', [`${WHOLE} - ${PART} < 0`], [`${WHOLE} - ${PART} < 1`]],
    ['a share that is recorded', [SHARE, 'r:share > 14.4 * 0.1'], [SHARE, 'r:share > 14.4 * 0.01']],
    ['its highest', [SHARE, 'max_over_time(r:share[10m]) > 1.2'], [SHARE, 'r:share > 0.2']],
    ['what is left of a share', [SHARE, '1 - r:share < -0.2'], [SHARE, '1 - r:share < 0.2']],
    [
      'a rate that is recorded',
      [{ record: 'r:rate', expr: WHOLE }, 'r:rate < 0'],
      [{ record: 'r:rate', expr: WHOLE }, 'r:rate < 1'],
    ],
  ])('%s', (_, wrong, right) => {
    expect(solved(...wrong)).toMatchObject({ kind: 'unsatisfiable' });
    expect(solved(...right)).toHaveProperty('pairs');
  });
});
