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
    const emptied = '(users == 0) and on (instance) (users offset 40m > 0)';
    expect(solved(forty(emptied))).toMatchObject({ kind: 'unsatisfiable' });
    expect(solved({ alert: 'A', expr: emptied, for: '30m' })).toHaveProperty('pairs');
    const each = { annotations: { summary: '{{ $labels.queue }} was emptied' } };
    expect(solved({ ...forty(emptied), ...each })).not.toMatchObject({ kind: 'unsatisfiable' });
  });

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
