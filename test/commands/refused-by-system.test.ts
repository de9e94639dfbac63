import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { uncheckedIn } from '../../src/commands/check.ts';
import { ofWhatWasRead } from '../../src/commands/refused-by-system.ts';
import type { CheckResult } from '../../src/model/check.ts';
import type { ProofJudgement } from '../../src/model/proof-verdict.ts';
import { startCliAsNobody } from '../support/cli.ts';

const RULES = `groups:
  - name: g
    rules:
      - alert: ApiDown
        expr: up{job="api"} == 0
        for: 1m
        labels: { severity: critical }
        annotations: { summary: "the API is down" }
`;
const BROKEN = RULES.replace('== 0', '==');

/** A stack's folder, in which nobody may read some paths. */
function folder(files: Record<string, string>, ...refused: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-refused-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  for (const path of refused) chmodSync(join(dir, path), 0);
  onTestFinished(() => {
    for (const path of refused) chmodSync(join(dir, path), 0o700);
    rmSync(dir, { recursive: true });
  });
  return dir;
}

async function checked(dir: string, command = 'check') {
  const { exitCode, stdout, stderr } = await startCliAsNobody([command, dir]);
  return { exitCode, told: stdout.replace(/\s+/g, ' '), error: stderr.replace(/\s+/g, ' ') };
}

describe('what the system doesn’t let be read is no pass', () => {
  it.each([
    ['more', "more/ (the folder can't be listed: this user may not read it)"],
    ['more/bad.yml', "more/bad.yml (the file can't be read: this user may not read it)"],
  ])('%s', async (path, words) => {
    const dir = folder({ 'rules.yml': RULES, 'more/bad.yml': BROKEN }, path);
    const { exitCode, told, error } = await checked(dir);
    expect(told).toContain(`not read: 1 file or folder that the system refuses: ${words}`);
    expect(error).toContain("can't be judged");
    expect(error).toContain('Let this user read it');
    expect(exitCode).toBe(2);
  });

  it('what is wrong elsewhere is worse', async () => {
    const dir = folder({ 'rules.yml': BROKEN, 'more/bad.yml': BROKEN }, 'more');
    const { exitCode, told } = await checked(dir);
    expect(told).toContain('that the system refuses: more/');
    expect(exitCode).toBe(1);
  });

  it('a pattern for files of such a folder isn’t called one that matches none', async () => {
    const configuration = 'rule_files: [more/*.yml]\nscrape_configs: []\n';
    const files = { 'prometheus.yml': configuration, 'more/good.yml': RULES };
    const { exitCode, told } = await checked(folder(files, 'more'));
    expect(told).not.toContain('no file matches');
    expect(exitCode).toBe(2);
  });

  it.each(['check', 'prove'])('nor where it is all that there is: %s', async (command) => {
    const { exitCode, error } = await checked(folder({ 'more/bad.yml': BROKEN }, 'more'), command);
    expect(error).toContain("what is in more/ can't be judged");
    expect(exitCode).toBe(2);
  });

  it('nor is the stack’s folder itself', async () => {
    const { exitCode, error } = await checked(folder({ 'rules.yml': BROKEN }, '.'));
    expect(error).toContain("can't be listed: this user may not read it");
    expect(exitCode).toBe(2);
  });
});

describe('nothing is said of what nobody means', () => {
  it.each(['node_modules', '.git', 'secrets', 'runs'])('a folder %s', async (name) => {
    const dir = folder({ 'rules.yml': RULES, [`${name}/bad.yml`]: BROKEN }, name);
    const { exitCode, told, error } = await checked(dir);
    expect([exitCode, error]).toEqual([0, '']);
    expect(told).not.toContain('not read');
  });

  it('what check.yaml ignores', async () => {
    const ignoring = 'ignore: ["data/**"]\n';
    const dir = folder(
      { 'rules.yml': RULES, 'data/x.yml': BROKEN, 'check.yaml': ignoring },
      'data',
    );
    const { exitCode, told } = await checked(dir);
    expect(exitCode).toBe(0);
    expect(told).not.toContain('not read');
  });
});

it('a link to a folder is told, and isn’t followed', async () => {
  const dir = folder({ 'rules.yml': RULES });
  symlinkSync(folder({ 'bad.yml': BROKEN }), join(dir, 'more'));
  const { exitCode, told } = await checked(dir);
  expect(told).toContain("not read: 1 link to a folder, which isn't followed: more/");
  expect(exitCode).toBe(0);
});

it('a proof of what could be read is no proof of the whole', () => {
  const passed = { outcome: 'pass', exitCode: 0, notes: ['a'] } as unknown as ProofJudgement;
  expect(ofWhatWasRead(passed, undefined)).toBe(passed);
  expect(ofWhatWasRead(passed, 'why')).toEqual({
    outcome: 'inconclusive',
    exitCode: 2,
    notes: ['a', 'why'],
  });
  const failed = { outcome: 'fail', exitCode: 1, notes: [] } as unknown as ProofJudgement;
  expect(ofWhatWasRead(failed, 'why')).toEqual({ outcome: 'fail', exitCode: 1, notes: ['why'] });
});

it('beside a run it is told as what couldn’t be checked', () => {
  const unread = [{ file: 'more/', reason: 'refused', why: 'this user may not read it' }];
  const of = (result: unknown): string | null => uncheckedIn(result as CheckResult);
  expect(of({ findings: [], unread: [] })).toBeNull();
  expect(of({ findings: [], unread })).toBe(
    "what is in more/ can't be judged: this user may not read it",
  );
});
