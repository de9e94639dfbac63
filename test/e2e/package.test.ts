import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictsAbout } from '../../src/report/verdicts-about.ts';
import { PROJECT } from '../support/cases.ts';
import { onlyRun, reportOf } from '../support/cli.ts';
import { aboutOf, ofKind } from '../support/expectations.ts';

const INSTALL_MS = 300_000;
const dir = mkdtempSync(join(tmpdir(), 'gtv-package-'));
const run = (program: string, ...args: string[]) =>
  execa(program, args, { cwd: dir, reject: false, env: { NO_COLOR: '1', GITHUB_ACTIONS: '' } });
const gtv = (...args: string[]) => run(join(dir, 'node_modules', '.bin', 'gtv'), ...args);

/** Packs the project, and installs that into an empty folder. */
beforeAll(async () => {
  const packed = await execa(
    'npm',
    ['pack', '--ignore-scripts=false', '--json', '--pack-destination', dir],
    { cwd: PROJECT },
  );
  const name = /gt-vision-observability-[\w.-]+\.tgz/.exec(packed.stdout)?.[0] ?? '';
  writeFileSync(join(dir, 'package.json'), '{ "private": true, "type": "module" }');
  // Nothing that it brings along needs to run anything while it is installed.
  const quietly = ['--ignore-scripts', '--prefer-offline', '--no-audit'];
  const installed = await run('npm', 'install', ...quietly, join(dir, name));
  expect(installed.exitCode, installed.stderr).toBe(0);
}, INSTALL_MS);
afterAll(() => rmSync(dir, { recursive: true }), INSTALL_MS);

// One after the other: the whole run takes the speed that the machine bears beside it.
describe('the package, installed into an empty folder', { timeout: INSTALL_MS }, () => {
  it('says what it can', async () => {
    const { exitCode, stdout } = await gtv('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('gtv verify');
    // Nobody who installed it has these scripts.
    expect(stdout).not.toContain('npm run');
    expect((await gtv('prove', '--help')).stdout).toMatch(/^Usage: gtv prove \[options\] <dir>/);
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
      version: string;
    };
    expect((await gtv('--version')).stdout).toBe(version);
  });

  it('checks a stack: clean as it is, and with a fault', async () => {
    const stack = join(PROJECT, 'stack');
    const clean = await gtv('check', stack);
    expect([clean.exitCode, clean.stderr]).toEqual([0, '']);
    const wrong = mkdtempSync(join(tmpdir(), 'gtv-wrong-'));
    writeFileSync(
      join(wrong, 'rules.yml'),
      'groups: [{ name: a, rules: [{ alert: A, expr: "x >" }] }]',
    );
    const faulty = await gtv('check', wrong);
    expect(faulty.exitCode).not.toBe(0);
    expect(faulty.stdout + faulty.stderr).toContain('rules.yml:1');
  });

  it(
    'verifies a part on the real components, and never says that it was everything',
    { timeout: INSTALL_MS },
    async () => {
      const only = 'alert/HighMemoryUsage';
      const { stdout, exitCode } = await gtv(
        ...['verify', '--quiet', '--runtime', 'native', '--only', only],
      );
      const report = reportOf(onlyRun(join(dir, 'runs')));
      // Whether a busy machine lets everything be judged is another question.
      expect(
        report.verdicts.filter((v) => v.outcome === 'fail'),
        stdout,
      ).toEqual([]);
      expect(exitCode).toBe(report.counts.inconclusive === 0 ? 0 : 2);
      expect(report.counts.pass).toBeGreaterThan(report.verdicts.length / 2);
      expect(report.selection).toBe(only);
      expect(stdout).toContain(`Only a part of the stack was proved: ${only}`);
      // Of others a busy machine may say what it spoilt.
      const judged = verdictsAbout(report, 'alert').filter((v) => v.outcome !== 'inconclusive');
      expect(['HighMemoryUsage', 'Watchdog']).toEqual(
        expect.arrayContaining([...new Set(judged.map(aboutOf))]),
      );
      expect(verdictsAbout(report, 'metric')).toEqual([]);
      expect(ofKind(report.verdicts, 'has-data')).toEqual([]);
    },
  );

  it('selects nothing where a name is wrong, and says the nearest one', async () => {
    const { exitCode, stderr } = await gtv('verify', '--only', 'alert/HighMemoryUsge');
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('Did you mean alert/HighMemoryUsage?'),
    ]);
  });

  it('has types of what it writes', async () => {
    writeFileSync(
      join(dir, 'use.ts'),
      "import type { Judgement } from 'gt-vision-observability';\n" +
        'export const outcomes = (j: Judgement): string[] => j.verdicts.map((v) => v.outcome);\n' +
        '// @ts-expect-error A verdict has no such key.\n' +
        'export const wrong = (j: Judgement): unknown => j.verdicts[0]?.nothing;\n',
    );
    const tsc = join(PROJECT, 'node_modules/typescript/bin/tsc');
    const options = [
      '--noEmit',
      '--strict',
      '--module',
      'NodeNext',
      '--allowImportingTsExtensions',
    ];
    const { exitCode, stdout } = await run(process.execPath, tsc, ...options, 'use.ts');
    expect([exitCode, stdout]).toEqual([0, '']);
  });
});
