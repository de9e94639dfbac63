import { describe, expect, it } from 'vitest';
import { alertStates } from '../../src/replay/alert-states.ts';
import type { AlertingRule } from '../../src/replay/rules.ts';
import { differences } from '../../src/replay/differences.ts';

const rule = (change: Partial<AlertingRule> = {}): AlertingRule => ({
  kind: 'alert',
  name: 'A',
  expr: 'x > 1',
  forMs: 0,
  keepFiringForMs: 0,
  labels: { severity: 'page' },
  ...change,
});

/** One letter for each evaluation, 10 ms apart: `x` a result, `-` none, `!` a query that failed. */
function lifeOf(text: string, change: Partial<AlertingRule>): string {
  const series = alertStates(
    rule(change),
    [...text].map((letter, i) => ({
      at: i * 10,
      results: letter === '!' ? null : letter === 'x' ? [{ __name__: 'x', job: 'a' }] : [],
    })),
  );
  const letters = [...text].map(() => '.');
  for (const { labels, samples } of series)
    for (const [at] of samples) letters[at / 10] = labels['alertstate'] === 'firing' ? 'F' : 'p';
  return letters.join('');
}

describe('the states of an alert', () => {
  it.each([
    ['fires at once without `for`', '--xx--', {}, '..FF..'],
    ['fires when `for` has passed', '-xxxxx-', { forMs: 30 }, '.pppFF.'],
    ['rounds `for` up to an evaluation', '-xxxx-', { forMs: 25 }, '.pppF.'],
    ['begins anew after a gap', 'xx-xxx-', { forMs: 20 }, 'pp.ppF.'],
    ['is kept firing for a while', 'xx------', { keepFiringForMs: 30 }, 'FFFFF...'],
    ['is kept firing anew after each result', 'x--x----', { keepFiringForMs: 30 }, 'FFFFFFF.'],
    ['is not kept pending', 'x---', { forMs: 20, keepFiringForMs: 30 }, 'p...'],
    ['stays as it is while its query fails', 'xx!xx', { forMs: 20 }, 'pp.FF'],
  ])('%s', (_what, results, change, states) => expect(lifeOf(results, change)).toBe(states));

  it('has the labels of the result and of the rule, the empty ones left out', () => {
    const results = [{ __name__: 'x', job: 'a', severity: 'none', zone: 'b' }];
    const [series] = alertStates(rule({ labels: { severity: 'page', zone: '' } }), [
      { at: 1, results },
    ]);
    expect(series?.labels).toEqual({
      __name__: 'ALERTS',
      alertname: 'A',
      alertstate: 'firing',
      job: 'a',
      severity: 'page',
    });
  });

  it('tells instances apart', () => {
    const results = [{ job: 'a' }, { job: 'b' }];
    expect(alertStates(rule(), [{ at: 1, results }])).toHaveLength(2);
  });
});

describe('differences', () => {
  const life = (text: string): ReturnType<typeof alertStates> =>
    alertStates(
      rule({ forMs: 20 }),
      [...text].map((letter, i) => ({ at: i * 10, results: letter === 'x' ? [{ job: 'a' }] : [] })),
    );
  it('are none between equal lives', () =>
    expect(differences(life('-xxxx-'), life('-xxxx-'), 0, 99)).toEqual([]));
  it('name each moment, with both states', () =>
    expect(
      differences(life('-xxxx-'), life('--xxx-'), 0, 99).map((d) => [d.at, d.recorded, d.replayed]),
    ).toEqual([
      [10, 'pending', 'inactive'],
      [30, 'firing', 'pending'],
    ]));
  it('outside of the time that is looked at are none', () =>
    expect(differences(life('-xxxx-'), life('------'), 50, 99)).toEqual([]));
});
