import { describe, expect, it } from 'vitest';
import type { Judged } from '../../scripts/agree/judged.ts';
import { noticedOf } from '../../scripts/agree/noticed.ts';
import type { LiveRun } from '../../scripts/agree/noticed.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import type { Verdict } from '../../src/model/verdict.ts';

const at = { file: 'r.yml', line: 1, column: 1, endLine: 1, endColumn: 2 };
const mutant = (subject: string, because = '', more: Partial<Judged> = {}): Judged => ({
  mutant: {
    id: subject,
    kind: 'rule',
    operator: 'o',
    subject,
    at,
    was: '',
    becomes: '',
    changes: [],
  },
  ...{ fate: 'killed', because, changes: [] },
  ...more,
});
const failed = (track: string, id: string): Verdict =>
  ({
    expectation: { subject: { about: 'alert', track } },
    ...{ outcome: 'fail', finding: { id, title: 'It is another' } },
  }) as unknown as Verdict;
const run = (verdicts: Verdict[], findings: Partial<CheckFinding>[] = []): LiveRun => ({
  judgement: { verdicts } as unknown as NonNullable<LiveRun['judgement']>,
  findings: findings as CheckFinding[],
});
const noticed = (live: LiveRun, one: Judged, isAlone = false) =>
  noticedOf(live, one, isAlone).noticed;

describe('in a run with several mistakes', () => {
  it('each is noticed by what is about it', () => {
    const live = run([failed('Full/disk', 'never-fired')]);
    expect(noticed(live, mutant('alert Full'))).toBe('run: never-fired');
    expect(noticed(live, mutant('alert Fuller'))).toBe(null);
    const fault = { service: 'api', metric: 'm', operator: 'counter-skips' };
    const ofMetric = {
      expectation: { subject: { about: 'metric', metric: 'm', job: 'api' } },
      ...{ outcome: 'fail', finding: { id: 'count-differs', title: '' } },
    } as unknown as Verdict;
    expect(noticed(run([ofMetric]), mutant('metric m of api', '', { fault }))).toBe(
      'run: count-differs',
    );
  });

  it('or by just what evidence said', () => {
    const said = { rule: 'promise/not-routed', level: 'error', title: 'A is not routed' } as const;
    const one = mutant('route 1', 'check: A is not routed [promise/not-routed]');
    expect(noticed(run([], [said]), one)).toBe('check: promise/not-routed');
    expect(noticed(run([], [{ ...said, level: 'advice' }]), one)).toBe(null);
    expect(noticed(run([], [said]), mutant('route 2'))).toBe(null);
  });

  it('alone, anything is about it; without a judgement nothing is known', () => {
    expect(noticed(run([failed('Other', 'never-fired')]), mutant('route 1'), true)).toBe(
      'run: never-fired',
    );
    const ended: LiveRun = { judgement: undefined, findings: [] };
    expect(noticedOf(ended, mutant('route 1'), true)).toEqual({ noticed: null, open: true });
  });
});
