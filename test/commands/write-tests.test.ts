import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../src/commands/check.ts';
import { terminalOutput } from '../../src/commands/output.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { PROJECT } from '../support/cases.ts';

const promtool = await findPromtool();
const dir = mkdtempSync(join(tmpdir(), 'gtv-write-tests-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe.skipIf(promtool === undefined)('a suite of tests for a stack that had none', () => {
  it('holds with all of its rules loaded: several files, groups, intervals, and a resource', async () => {
    const told: string[] = [];
    const output = {
      ...terminalOutput(true),
      print: () => undefined,
      error: (text: string) => void told.push(text),
    };
    await check(
      {
        dir: join(PROJECT, 'test/stacks/rules-alone'),
        metrics: [],
        format: 'json',
        promises: false,
        secondOpinion: false,
        writeTests: join(dir, 'alerts.test.yml'),
      },
      output,
      new AbortController().signal,
    );
    expect(readdirSync(dir).sort()).toEqual([
      'alerts.test.1m.yml',
      'alerts.test.30s.yml',
      'alerts.test.rules.yml',
    ]);
    expect(told.join('\n')).toContain('7 of 7 alerts have tests');
    for (const name of ['alerts.test.1m.yml', 'alerts.test.30s.yml']) {
      const { exitCode, stdout } = await execa(promtool ?? '', ['test', 'rules', name], {
        cwd: dir,
        reject: false,
      });
      expect(exitCode, stdout).toBe(0);
    }
  });

  it('fails when a limit moves', async () => {
    const name = join(dir, 'alerts.test.1m.yml');
    const rules = join(PROJECT, 'test/stacks/rules-alone/web.yml');
    const moved = readFileSync(rules, 'utf8').replace('> 100\n', '> 105\n');
    writeFileSync(join(dir, 'moved.yml'), moved);
    const text = readFileSync(name, 'utf8').replace(/- .*rules-alone\/web\.yml/, '- moved.yml');
    writeFileSync(join(dir, 'moved.test.yml'), text);
    const { exitCode, stdout, stderr } = await execa(
      promtool ?? '',
      ['test', 'rules', 'moved.test.yml'],
      { cwd: dir, reject: false },
    );
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain('QueueLong');
  });
});
