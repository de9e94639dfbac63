import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT } from '../support/cases.ts';
import { COMMAND_LINE, startCli } from '../support/cli.ts';

const BASE_DIR = fileURLToPath(new URL('base', import.meta.url));
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'check-cli-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const check = (...args: string[]) => startCli(['check', ...args], dir);
/** A stack of its own with one file replaced. */
const stackWith = (name: string, path: string, text: string): string => {
  const stack = join(dir, name);
  cpSync(BASE_DIR, stack, { recursive: true });
  writeFileSync(join(stack, path), text);
  return stack;
};

describe('npm run check', () => {
  it("GT-Vision's own stack is clean: exit 0", async () => {
    const { exitCode, stdout } = await check('--no-promises');
    expect([exitCode, stdout.split(' in ')[0]]).toEqual([0, 'nothing wrong']);
  });

  it('a fault: exit 1, with file, line and column', async () => {
    const { exitCode, stdout } = await check(
      stackWith(
        'faulty',
        'prometheus/rules/api.yml',
        'groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: sum(up\n',
      ),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /faulty\/prometheus\/rules\/api\.yml:5:\d+ {2}record a:b\n {2}error {3}the expression is no PromQL/,
    );
  });

  it('a path is meant from where npm was started', async () => {
    const stack = stackWith('from-there', 'prometheus/rules/api.yml', 'groups: [\n');
    const { stdout } = await startCli(['check', '.', '--format', 'json'], dir, { INIT_CWD: stack });
    const json = JSON.parse(stdout) as { findings: { file: string }[] };
    // The project's own stack has no such file.
    expect(json.findings.map((f) => f.file)).toContain('prometheus/rules/api.yml');
  });

  it('nothing is lost where nothing was to be said: exit 0', async () => {
    const words = ['exec "$@" 2>/dev/full', 'sh', process.execPath, COMMAND_LINE, 'check'];
    const { exitCode, stdout } = await execa('sh', ['-c', ...words, '--no-promises'], {
      ...{ cwd: PROJECT, reject: false, env: { NO_COLOR: '1' } },
    });
    expect([exitCode, stdout.split(' in ')[0]]).toEqual([0, 'nothing wrong']);
  });

  it('a folder to start from that isn’t there: exit 2, in a sentence', async () => {
    const { exitCode, stdout, stderr } = await startCli(['check'], dir, {
      INIT_CWD: join(dir, 'nowhere'),
    });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^the folder from which npm was called can't be entered: ENOENT/);
    expect(stderr).not.toContain('    at ');
  });

  it('advice alone: exit 0', async () => {
    const stack = stackWith(
      'advised',
      'prometheus/rules/api.yml',
      'groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: sum by (job) (rate(http_requests_total[45s]))\n',
    );
    writeFileSync(
      join(stack, 'alertmanager/alertmanager.yml'),
      'route: { receiver: a }\nreceivers: [{ name: a }]\n',
    );
    rmSync(join(stack, 'alertmanager/templates'), { recursive: true });
    const { exitCode, stdout } = await check(stack, '--format', 'json');
    const json = JSON.parse(stdout) as { findings: { rule: string }[] };
    expect([exitCode, json.findings.map((f) => f.rule)]).toEqual([
      0,
      ['promql/range-under-four-scrapes'],
    ]);
  });

  it('what cannot be judged: exit 2, with a word', async () => {
    for (const [args, says] of [
      [[join(dir, 'nowhere')], 'no such folder'],
      [[fileURLToPath(import.meta.url)], 'is a file, and no folder'],
      [[dir, '--metrics', 'api=/nowhere'], "can't be read"],
      [['--formt', 'json'], '--format'],
      [['--format', 'xml'], 'Allowed choices'],
      [['--metrics', 'api'], 'JOB=FILE'],
    ] as const) {
      const { exitCode, stderr, stdout } = await check(...args);
      expect([exitCode, stdout, stderr.includes(says)], stderr).toEqual([2, '', true]);
      expect(stderr).not.toMatch(/\n\s+at /);
    }
  });

  it('a folder without anything of a stack: exit 2', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'check-empty-'));
    try {
      const { exitCode, stderr } = await check(empty);
      expect([exitCode, stderr.includes('nothing of an observability stack')]).toEqual([2, true]);
    } finally {
      rmSync(empty, { recursive: true });
    }
  });

  it('templates of Helm alone: exit 2, with what to do first', async () => {
    const chart = mkdtempSync(join(tmpdir(), 'check-chart-'));
    try {
      writeFileSync(
        join(chart, 'rules.yaml'),
        'groups:\n{{- range .Values.groups }}\n  - name: {{ .name }}\n{{- end }}\n',
      );
      const { exitCode, stderr } = await check(chart);
      expect([exitCode, stderr.includes('helm template')]).toEqual([2, true]);
    } finally {
      rmSync(chart, { recursive: true });
    }
  });

  it('--help shows examples', async () => {
    const { exitCode, stdout } = await check('--help');
    expect([exitCode, stdout.includes('npm run check -- ../other-stack')]).toEqual([0, true]);
  });
});
