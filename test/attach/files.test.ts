import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../src/commands/attach/files.ts';

const RULES = 'groups: [{name: g, rules: [{alert: A, expr: up == 0}]}]\n';
const CONTRACT = 'version: 1\njobs: {api: {}}\nmetrics: {x: {type: counter, jobs: [api]}}\n';

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-attach-files-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

describe('a folder that a system can’t be held against', () => {
  it.each([
    ['without any file', {}, 'holds neither rules nor dashboards nor a contract'],
    ['of something else', { 'a.json': '{"a": 1}' }, 'holds neither rules nor dashboards'],
    ['with broken rules alone', { 'rules.yml': 'groups: [' }, "(rules.yml can't be read: "],
    [
      'whose contract is no YAML',
      { 'rules.yml': RULES, 'contract.yaml': '\t- metrics: {x' },
      "the contract can't be read: contract.yaml:1: ",
    ],
    [
      'whose contract breaks off halfway',
      { 'rules.yml': RULES, 'contract.yaml': `${CONTRACT}more: {x: [j]\n bad` },
      "the contract can't be read: contract.yaml:",
    ],
  ])('%s', async (_, files, message) => expect(filesOf(folder(files))).rejects.toThrow(message));
});

it('rules or a contract alone are enough', async () => {
  expect((await filesOf(folder({ 'rules.yml': RULES }))).rules).toHaveLength(1);
  expect((await filesOf(folder({ 'contract.yaml': CONTRACT }))).contract?.metrics).toHaveLength(1);
});

it('what check.yaml ignores is none of it', async () => {
  const ignored = { 'check.yaml': 'ignore: [old.yml]\noff: []\n', 'old.yml': RULES };
  const { rules } = await filesOf(folder({ 'rules.yml': RULES, ...ignored }));
  expect(rules).toHaveLength(1);
});
