import { describe, expect, it } from 'vitest';
import { NEVER } from './never.ts';
import { solved } from './support.ts';

const forty = (expr: string): Record<string, unknown> => ({ alert: 'A', expr, for: '40m' });

describe('what can never fire is proved, and its repaired twin is solved', () => {
  it.each(NEVER)('%s', (_, wrong, reason, right) => {
    expect(solved(wrong)).toMatchObject({
      kind: 'unsatisfiable',
      reason: expect.stringMatching(reason) as string,
    });
    expect(solved(right)).toHaveProperty('pairs');
  });

  it('waiting for as long as it looks back', () => {
    const gone = 'x offset 40m unless x';
    expect(solved(forty(gone))).toMatchObject({ kind: 'unsatisfiable' });
    expect(solved({ alert: 'A', expr: gone, for: '10m' })).toHaveProperty('pairs');
    expect(solved(forty('up == 0 and up offset 40m == 1'))).toMatchObject({
      kind: 'unsatisfiable',
    });
    const down = 'up == 0 and on (job, instance) (up offset 40m == 1)';
    expect(solved(forty(down))).toMatchObject({ kind: 'unsatisfiable' });
    expect(solved({ alert: 'A', expr: down, for: '30m' })).toHaveProperty('pairs');
    expect(solved(forty(down.replaceAll('up', 'up{job="a"}').replace('job, ', '')))).toMatchObject({
      kind: 'unsatisfiable',
    });
  });

  it.each([
    ['a target has many of', 'users == 0 and on (job, instance) users offset 40m > 0'],
    ['another job has there', 'up == 0 and on (instance) up offset 40m == 1'],
    ['nobody has asked for at that moment', 'up == 0 and up offset 39m30s == 1'],
  ])('but not for what %s', (_, expr) =>
    expect(solved(forty(expr))).not.toMatchObject({ kind: 'unsatisfiable' }),
  );

  it('a sample that must be older for longer than it is found is named, and not said to be a fault', () => {
    const rule = { alert: 'A', expr: 'time() - timestamp(x) > 280', for: '5m' };
    expect(solved(rule)).toMatchObject({
      kind: 'not-understood',
      construct: 'samples that come late',
    });
    expect(solved({ ...rule, expr: 'time() - timestamp(x) > 200', for: '1m' })).toHaveProperty(
      'pairs',
    );
  });

  it('what is recorded without the label that is asked for', () => {
    const rule = { record: 'job:x:sum', expr: 'sum by (job) (x)' };
    expect(solved(rule, 'job:x:sum{instance="a"} > 1')).toMatchObject({
      kind: 'unsatisfiable',
      reason: expect.stringContaining('no label `instance`') as string,
    });
    expect(solved(rule, 'job:x:sum{job="a"} > 1')).toHaveProperty('pairs');
  });
});
