import { describe, expect, it } from 'vitest';
import { inputErrorText } from '../../src/report/input-errors.ts';
import { expectationCount } from '../../src/report/plan/expectation-count.ts';
import { planText } from '../../src/report/plan/index.ts';
import { visibleLength } from '../../src/report/text.ts';
import { judge } from '../../src/verdict/index.ts';
import { perfectEvidence } from '../support/perfect.ts';
import { samplePlan } from './samples.ts';

describe('the plan for a reader', () => {
  const plan = samplePlan();
  const text = planText(plan, { color: false, width: 100 });
  it('has all tracks, in both times', () => {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => /^HighMemoryUsage .*22\.75$/.test(line));
    expect(at).toBeGreaterThan(-1);
    expect(lines[at]).toMatch(/0\.00 +1\.25 +6\.75 +2\.50 +1\.25 +· +7\.75 +3\.25 +22\.75$/);
    expect(lines[at + 1]).toMatch(/0:00 +1:15 +6:45 +2:30 +1:15 +7:45 +3:15 +22:45$/);
    for (const job of ['backend', 'node', 'prometheus', 'alertmanager'])
      expect(text).toMatch(new RegExp(`^  ${job} .*\\d$`, 'm'));
  });
  it('names its units, what is started, the expectations and the critical path', () => {
    for (const part of [
      '1 s of the run is 60 s',
      'seconds of the run',
      'What will be started',
      'backend:8000, fake/backend',
      'provoke',
      `${expectationCount(plan)} expectations`,
    ])
      expect(text).toContain(part);
    expect(text).toMatch(
      new RegExp(
        `total +${(plan.criticalPath.reduce((sum, e) => sum + e.ms, 0) / 1000).toFixed(1)} s$`,
      ),
    );
  });
  it('says so where it mostly waits for the Watchdog, as with the default `repeat_interval`', () => {
    const everyMs = (4 * 3_600_000) / plan.speed;
    const slow = { ...plan, watchdog: { ...plan.watchdog, everyMs } };
    expect(planText(slow, { color: false, width: 1_000 })).toMatch(
      /waiting for Watchdog, which its route repeats every 4h: a `repeat_interval` of a minute/,
    );
    expect(text).not.toContain('repeat_interval');
    const alone = { ...slow, tracks: plan.tracks.filter(({ alert }) => alert !== 'ServiceDown') };
    expect(planText(alone, { color: false, width: 100 })).not.toContain('waiting for');
  });
  it('counts what will be judged', () =>
    expect(expectationCount(plan)).toBe(judge(plan, perfectEvidence(plan)).verdicts.length));
  it.each([1, 20, 60])('fits 80 columns at speed %d', (speed) => {
    for (const line of planText(samplePlan(speed), { color: false, width: 80 }).split('\n'))
      expect(visibleLength(line), line).toBeLessThanOrEqual(80);
  });
  it('has one time only at real time', () =>
    expect(planText(samplePlan(1), { color: false, width: 100 })).not.toMatch(/minutes:seconds/));
  it('has colours only when wanted', () =>
    expect([
      /\u001b/.test(text),
      /\u001b/.test(planText(plan, { color: true, width: 100 })),
    ]).toEqual([false, true]));
});

describe('problems of the input', () => {
  const problems = [
    {
      source: { file: 'prometheus/alerts/system.yml', line: 12, column: 9 },
      message: 'unknown metric "node_cpu"',
      expected: 'node_cpu_seconds_total',
    },
    {
      source: { file: 'contract.yaml', line: 7, column: 3 },
      message: 'no such job',
      expected: 'one of backend, ai',
    },
    {
      source: { file: 'prometheus/alerts/system.yml', line: 3, column: 5 },
      message: 'no groups',
      expected: 'a list',
    },
  ];
  const text = inputErrorText(problems, '/srv/stack', { color: false });
  it('each has its place, its message and what was expected, in the order of the files', () => {
    const places = text.match(/^\/srv\/stack\/\S+$/gm);
    expect(places).toEqual([
      '/srv/stack/contract.yaml:7:3',
      '/srv/stack/prometheus/alerts/system.yml:3:5',
      '/srv/stack/prometheus/alerts/system.yml:12:9',
    ]);
    expect(text).toContain('✗ unknown metric "node_cpu"\n    expected node_cpu_seconds_total');
  });
  it('are counted, and nothing was started', () =>
    expect(text).toMatch(/3 problems in \/srv\/stack\. Nothing was started \(exit code 2\)\.$/));
});
