import { describe, expect, it } from 'vitest';
import type { FindingId } from '../../src/model/finding.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { terminalReport } from '../../src/report/terminal/index.ts';
import { visibleLength } from '../../src/report/text.ts';
import { withFiles } from '../../src/verdict/files.ts';
import {
  EARLY,
  failed,
  interrupted,
  judgement,
  passed,
  samplePlan,
  verdict,
  withVerdicts,
} from './samples.ts';
import { alertExpectation } from '../support/expectations.ts';

const plan = samplePlan();
const report = (j = passed(), width = 100, color = false, verbose = true): string =>
  terminalReport(j, plan, { color, width, verbose, runDir: 'runs/20300101-120000-ab12' });
const row = (text: string, name: string): string =>
  text.split('\n').find((line) => line.trim().startsWith(name)) ?? '';

describe('a report of a run in which all is well', () => {
  const text = report();
  it('has a row for each track with its figures', () => {
    expect(
      row(text, 'HighErrorRate ')
        .split(/ {2,}|(?= [✓·])/)
        .map((s) => s.trim())
        .filter(Boolean),
    ).toEqual([
      'HighErrorRate',
      '✓ 6.75s',
      '✓ 3×',
      '✓ 0.74s',
      '✓ +5.00s',
      '✓ +0.51s',
      '✓ +0.52s',
      '✓',
      '✓ 1.25s',
      '·',
      '✓',
    ]);
    for (const track of ['HighMemoryUsage', 'backend', 'node'])
      expect(row(text, track)).toMatch(/✓ \+5\.00s/);
    expect(row(text, 'prometheus')).toContain('✓ silence');
    expect(row(text, 'Watchdog')).toContain('✓ 39×');
  });
  it('ends with the verdict, the ratio, the folder, the command and the exit code', () => {
    expect(text).toMatch(
      /PASSED: 0 failed, 0 inconclusive, \d+ passed of \d+ expectations; 90\.0 s, 1\.20 × the critical path of\s+75\.0 s/,
    );
    expect(text).toContain('npm run judge -- runs/20300101-120000-ab12');
    expect(text).toMatch(/report +runs\/20300101-120000-ab12\/report\.html$/m);
    expect(text).toMatch(/exit code +0: everything is proven/);
  });
});

describe('the stack’s files', () => {
  const told = (wrong: number, unchecked: string | null): string =>
    report(withFiles(passed(), { wrong, unchecked }));
  it('fail a run in which all else passed, where something is wrong in them', () => {
    expect(told(2, null)).toMatch(/FAILED: 0 failed/);
    expect(told(2, null)).toMatch(/files +2 things are wrong in the stack's files, told below/);
    expect(told(2, null)).toMatch(/exit code +1: something failed/);
  });
  it('are not proved where they couldn’t be checked', () => {
    expect(told(0, 'no room')).toMatch(/INCONCLUSIVE/);
    expect(told(0, 'no room')).toMatch(/files +the stack's files couldn't be checked: no room/);
    expect(told(0, 'no room')).toMatch(/exit code +2: couldn't judge/);
  });
  it('make nothing of what failed or couldn’t be judged anyway', () => {
    const files = { wrong: 2, unchecked: null };
    expect(withFiles(failed(), files)).toEqual({ ...failed(), files });
    expect(withFiles(interrupted(), files).exitCode).toBe(2);
  });
});

describe('a failure', () => {
  const text = report(failed());
  it('is marked in its cell with what was seen', () =>
    expect(row(text, 'HighErrorRate ')).toContain('✗ +4.00s'));
  it('is told in full', () => {
    const block = text.slice(text.indexOf('✗ 1/1'));
    for (const part of [
      EARLY.title,
      'prometheus/alerts/all.yml:7:9',
      'sum by (job) (rate(http_requests_total{status=~"5.."}[5m]))',
      '\n              / sum by (job)',
      EARLY.expected,
      EARLY.seen,
      EARLY.likelyCause,
      'docs/findings.md#fired-early',
    ])
      expect(block).toContain(part);
    expect(block).toMatch(/FAILED: 1 failed, .*\n(.*\n)*.*exit code +1: something failed/);
  });
  it('without a finding is told all the same', () => {
    expect(
      report(
        judgement([
          {
            expectation: alertExpectation('fires on time', 'A'),
            outcome: 'fail',
          },
        ]),
      ),
    ).toContain('✗ 1/1 A: fires on time');
  });
  it('hides a worse end behind no better beginning: Slack told, but not of the end', () => {
    const text = report(
      withVerdicts(passed(), [
        verdict('HighMemoryUsage', 'slack told of the end', undefined, {
          ...EARLY,
          id: 'resolution-not-received',
          seen: 'nothing',
        }),
      ]),
    );
    expect(row(text, 'HighMemoryUsage')).toContain('✗');
  });
});

describe('without --verbose', () => {
  const brief = (j = passed()): string => report(j, 100, false, false);

  it('a pass is a dozen lines: what was proved, how long it took, where the report is', () => {
    const text = brief();
    expect(text.split('\n').length).toBeLessThanOrEqual(12);
    expect(text).toMatch(/✓ \d+ alerts in \d+ lives: quiet below the limit/);
    expect(text).toMatch(/PASSED: .* 90\.0 s/);
    expect(text).toContain('report.html');
  });

  it('a pass of a part is called one, and says of what', () => {
    const text = brief({ ...passed(), selection: 'alert/HighErrorRate' });
    expect(text).toMatch(/^PARTLY PASSED: /m);
    expect(text).toContain('Only a part of the stack was proved: alert/HighErrorRate');
    expect(brief()).toMatch(/^PASSED: /m);
  });

  it('a failure comes first, and what is not proved is not said to be', () => {
    const text = brief(failed());
    expect(text.indexOf('✗ 1/1')).toBeLessThan(200);
    expect(text.indexOf('✗ 1/1')).toBeLessThan(text.indexOf('✓'));
    const lives = (t: string): number => Number(/in (\d+) lives/.exec(t)?.[1]);
    expect(lives(text)).toBe(lives(brief()) - 1);
  });
});

describe('findings of one cause are one', () => {
  const finding = (id: FindingId, line: number) => ({
    ...EARLY,
    id,
    title: `${id} at ${line}`,
    source: { file: 'a.yml', line, column: 1 },
  });
  const told = (...verdicts: Verdict[]) => report(withVerdicts(passed(), verdicts));

  it('with what it brings with it below', () => {
    const text = told(
      verdict('HighErrorRate', 'pending in time', undefined, finding('never-pending', 7)),
      verdict('HighErrorRate', 'fires on time', undefined, finding('never-fired', 7)),
      verdict('HighErrorRate', 'slack told', undefined, finding('not-received', 7)),
    );
    expect(text).toContain('✗ 1/1 never-pending at 7');
    expect(text).toMatch(/so too +fires on time, slack told$/m);
  });

  it('for all instances of the place in the file', () => {
    const text = told(
      verdict('ServiceDown/backend', 'fires on time', undefined, finding('fired-early', 9)),
      verdict('ServiceDown/node', 'fires on time', undefined, finding('fired-early', 9)),
    );
    expect(text).toMatch(/so too +fires on time \(ServiceDown\/node\)$/m);
    expect(text).not.toContain('2/2');
  });

  it('but not what has another cause', () => {
    const text = told(
      verdict('HighErrorRate', 'fires on time', undefined, finding('fired-early', 7)),
      verdict(
        'HighErrorRate',
        'text, labels and severity',
        undefined,
        finding('wrong-severity', 9),
      ),
      verdict('HighMemoryUsage', 'slack told', undefined, finding('not-received', 20)),
    );
    for (const title of ['✗ 1/3', '✗ 2/3', '✗ 3/3']) expect(text).toContain(title);
    expect(text).not.toContain('so too');
  });
});

describe('what could not be judged', () => {
  const text = report(interrupted());
  it('is told once for all tracks of the same reason', () => {
    expect(text).toContain('? 1/1 4 tracks: judged');
    expect(text.match(/interrupted by SIGINT/g)).toHaveLength(2);
    expect(text).toMatch(/INCONCLUSIVE: 0 failed, 4 inconclusive/);
    expect(text).toMatch(/exit code +2: couldn't judge/);
  });
  it('stands after the failures', () => {
    const both = report(
      withVerdicts(failed(), [
        verdict(
          'ServiceDown/node',
          'slack told',
          undefined,
          { ...EARLY, id: 'could-not-judge' },
          'inconclusive',
        ),
      ]),
    );
    expect(both.indexOf('✗ 1/1')).toBeGreaterThan(-1);
    expect(both.indexOf('? 1/1')).toBeGreaterThan(both.indexOf('✗ 1/1'));
  });
});

it('shows an expectation that it has no column for', () => {
  const text = report(withVerdicts(passed(), [verdict('HighErrorRate', 'judged', '12 panels')]));
  expect(text).toContain('other: ✓ judged: HighErrorRate (12 panels)');
  expect(row(text, 'HighErrorRate ')).toMatch(/✓\s+✓$/);
});

it('says which tracks have no verdict at all', () => {
  const text = report(
    judgement([
      verdict('Watchdog', 'watchdog delivered', undefined, {
        ...EARLY,
        id: 'watchdog-silent',
        seen: 'not once',
      }),
    ]),
  );
  expect(text).toMatch(/Not judged at all: HighErrorRate, HighMemoryUsage, ServiceDown\/backend/);
  expect(report(judgement([]))).toMatch(
    /INCONCLUSIVE: 0 failed, 0 inconclusive, 0 passed of 0 expectations/,
  );
});

describe('the terminal', () => {
  it.each([80, 100, 160])('of %d columns is wide enough', (width) => {
    for (const j of [passed(), failed(), interrupted()]) {
      for (const line of report(j, width).split('\n'))
        expect(visibleLength(line), line).toBeLessThanOrEqual(width);
    }
  });
  it('of 80 columns still shows when it fired and who was told', () =>
    expect(row(report(failed(), 80), 'HighMemoryUsage')).toMatch(/✓ 5\.0s +✓ 0\.5s +✓ 0\.5s/));
  it('gets colours only when it wants them, and the same text', () => {
    const colour = /\u001b\[\d+m/g;
    expect(report(failed())).not.toMatch(colour);
    expect(report(failed(), 100, true)).toMatch(colour);
    expect(report(failed(), 100, true).replace(colour, '')).toBe(report(failed()));
  });
  it("isn't steered by what a mail said", () => {
    const text = report(
      withVerdicts(passed(), [
        verdict('HighErrorRate', 'slack told', undefined, {
          ...EARLY,
          seen: 'a\u001b[2Jb\u0007c\r\nd',
        }),
      ]),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });
});

it('has a column for Grafana where it was judged', () => {
  const of = (kind: 'has-data' | 'grafana-answers'): Verdict => ({
    expectation: { kind, subject: { about: 'panel', dashboard: 'Board', panel: 'P' }, phase: null },
    outcome: 'pass',
  });
  expect(report(judgement([of('has-data')]))).not.toContain('Grafana');
  expect(row(report(judgement([of('has-data'), of('grafana-answers')])), 'P ')).toMatch(
    /P +✓ +· +· +· +✓/,
  );
});
