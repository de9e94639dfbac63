import { expect, it } from 'vitest';
import { VERIFY_MS, startCli, verify } from '../support/cli.ts';
import { readSpec } from '../../src/spec/index.ts';
import { STACK } from '../support/stack-copy.ts';
import { aboutOf, ofKind } from '../support/expectations.ts';
import { verdictsAbout } from '../../src/report/verdicts-about.ts';

it(
  '--only proves a part in less time, and never says that it was everything',
  { timeout: VERIFY_MS },
  async () => {
    const { exitCode, output, report } = await verify([
      '--only',
      'dashboard/Infrastructure',
      '--only',
      'alert/HighMemoryUsage',
    ]);
    // Whether a machine that others use too lets everything be judged is another question.
    expect(
      report.verdicts.filter((v) => v.outcome === 'fail'),
      output,
    ).toEqual([]);
    expect(exitCode).toBe(report.counts.inconclusive === 0 ? 0 : 2);
    expect(report.counts.pass).toBeGreaterThan(report.verdicts.length / 2);
    expect(report.selection).toBe('dashboard/Infrastructure, alert/HighMemoryUsage');
    expect(output).toContain(
      'Only a part of the stack was proved: dashboard/Infrastructure, alert/HighMemoryUsage',
    );
    expect(new Set(verdictsAbout(report, 'alert').map(aboutOf))).toEqual(
      new Set(['Watchdog', 'HighMemoryUsage']),
    );
    expect(verdictsAbout(report, 'metric')).toEqual([]);
    const { dashboards } = await readSpec(STACK);
    const panels = dashboards.find(({ title }) => title === 'Infrastructure')?.panels ?? [];
    expect(panels.length).toBeGreaterThan(5);
    expect(ofKind(report.verdicts, 'has-data').length).toBe(panels.length);
  },
);

it('nothing selected is an error, with the nearest name', async () => {
  const { exitCode, stderr } = await startCli(['verify', '--only', 'alert/HighMemoryUsge']);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining('Did you mean alert/HighMemoryUsage?'),
  ]);
});
