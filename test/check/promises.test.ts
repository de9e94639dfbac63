import { execaSync } from 'execa';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFolder } from '../../src/commands/check.ts';
import { findPromtool } from '../../src/commands/promtool.ts';
import { defaultCacheDir, ensureCache } from '../../src/programs/index.ts';
import { promisesOf, readStack } from '../../src/check/index.ts';
import { readFolder } from '../../src/stack/folder.ts';
import { GROUPS, SYSTEM } from './broken-promises.ts';
import { withStackCopy } from '../support/stack-copy.ts';
import { PROJECT } from '../support/cases.ts';
import { COMMAND_LINE } from '../support/cli.ts';

/** A cold cache is fetched once. */
const FETCH_MS = 300_000;

beforeAll(async () => {
  if (await findPromtool()) return;
  await ensureCache({
    cacheDir: defaultCacheDir(),
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}, FETCH_MS);

describe('the contract, held against the rules by promtool', () => {
  it('every alert of GT-Vision keeps its promise, and each is said to fire', async () => {
    const { findings, promises } = await withStackCopy((stack) => checkFolder(stack.dir));
    expect(findings).toEqual([]);
    expect(promises?.ran).toBe(true);
    expect(promises?.notJudged).toEqual([]);
    expect(promises?.assertions).toBeGreaterThan(300);
    expect(promises?.panels).toBeGreaterThan(60);
    expect(promises?.alerts.length).toBeGreaterThan(9);
    for (const alert of promises?.alerts ?? [])
      expect(alert.firing, alert.alert).toBeGreaterThan(0);
  });

  it.each(GROUPS)('changes are told, each where it stands: group %#', async (...changes) => {
    const told = await withStackCopy(async (stack) => {
      for (const { edit } of changes) stack.edit(...edit);
      const { findings, promises } = await checkFolder(stack.dir);
      expect(promises?.ran).toBe(true);
      return findings
        .filter(({ rule }) => rule.startsWith('promise/'))
        .map(({ rule, subject, title, file, line }) => ({
          rule,
          subject,
          says: title,
          file,
          at: stack.read(file).split('\n')[line - 1],
        }));
    });
    expect(told).toHaveLength(changes.length);
    for (const {
      what,
      edit: [file],
      finds,
    } of changes)
      expect(told, what).toContainEqual({
        ...finds,
        says: expect.stringContaining(finds.says) as string,
        file,
        at: expect.stringContaining(finds.at) as string,
      });
  });

  it('what cannot be judged is said: a stimulus that nobody knows, a rule file that is broken', async () => {
    const unknown = await withStackCopy(async (stack) => {
      stack.edit('contract.yaml', 'kind: host-cpu', 'kind: host-noise');
      return promisesOf(readStack(await readFolder(stack.dir)));
    });
    expect(unknown?.tests.notJudged).toEqual([
      {
        alert: 'HighCPUUsage',
        reason: 'nobody knows which series the stimulus `host-noise` makes',
      },
    ]);
    const broken = await withStackCopy((stack) => {
      stack.edit(SYSTEM, '> 85', '> (85');
      return checkFolder(stack.dir);
    });
    expect(broken.promises?.ran).toEqual({
      reason: "a rule file can't be read",
      because: 'broken',
    });
  });

  it('it is switched off with a reason; a switch that hits nothing is told once promtool has run', async () => {
    const off = (alert: string): [string, string] => [
      `      - alert: ${alert}`,
      `      # gtv-check: off promise/broken -- the contract follows next week\n      - alert: ${alert}`,
    ];
    await withStackCopy(async (stack) => {
      stack.edit(SYSTEM, '} < 15', '} < 14.7');
      stack.edit(SYSTEM, ...off('LowDiskSpace'));
      stack.edit(SYSTEM, ...off('HighMemoryUsage'));
      expect((await checkFolder(stack.dir, { promises: false })).findings).toEqual([]);
      const { findings, switchedOff } = await checkFolder(stack.dir);
      const of = stack.read(SYSTEM).split('\n').indexOf(off('HighMemoryUsage')[0]);
      expect(findings.map((f) => [f.rule, f.line])).toEqual([['check/off-unused', of]]);
      expect(switchedOff).toBe(1);
    });
  });

  it('the tests are kept where asked, and promtool runs them there', async () => {
    const promtool = await findPromtool();
    const dir = mkdtempSync(join(tmpdir(), 'tests-'));
    try {
      execaSync(
        process.execPath,
        [COMMAND_LINE, 'check', '--no-promises', '--write-tests', join(dir, 'alerts.yml')],
        { cwd: PROJECT },
      );
      const names = readdirSync(dir).sort();
      expect(names).toEqual([
        'alerts.15s.yml',
        'alerts.1m.yml',
        'alerts.30s.yml',
        'alerts.panels.yml',
      ]);
      expect(readFileSync(join(dir, 'alerts.1m.yml'), 'utf8')).toContain('firing at');
      // The most of them by far are those of 30 s, and judged above.
      const tried = names.filter((name) => name !== 'alerts.30s.yml');
      const run = execaSync(promtool ?? '', ['test', 'rules', ...tried], { cwd: dir });
      expect(run.exitCode).toBe(0);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
