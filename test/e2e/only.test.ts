import { expect, it } from 'vitest';
import { VERIFY_MS, startCli, verify } from '../support/cli.ts';
import { aboutOf, ofKind } from '../support/expectations.ts';
import { verdictsAbout } from '../../src/report/verdicts-about.ts';

it(
  '--only proves a part in less time, and never says that it was everything',
  { timeout: VERIFY_MS },
  async () => {
    const { exitCode, output, report } = await verify([
      '--only',
      'dashboards',
      '--only',
      'alert/HighMemoryUsage',
      '--only',
      'alert/ServiceDown/node',
    ]);
    expect(
      report.verdicts.filter((v) => v.outcome !== 'pass'),
      output,
    ).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report.selection).toBe('dashboards, alert/HighMemoryUsage, alert/ServiceDown/node');
    expect(output).toContain('PARTLY PASSED');
    expect(new Set(verdictsAbout(report, 'alert').map(aboutOf))).toEqual(
      new Set(['Watchdog', 'HighMemoryUsage', 'ServiceDown/node']),
    );
    expect(verdictsAbout(report, 'metric')).toEqual([]);
    expect(ofKind(report.verdicts, 'has-data').length).toBe(43);
  },
);

it('nothing selected is an error, with the nearest name', async () => {
  const { exitCode, stderr } = await startCli(['verify', '--only', 'alert/HighMemoryUsge']);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining('Did you mean alert/HighMemoryUsage?'),
  ]);
});
