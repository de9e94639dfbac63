import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { remotesOf } from '../../src/stack/repository.ts';

const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-repository-'));
  made.push(dir);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

it.each([
  'https://github.com/Team/Ops.git',
  'git@github.com:team/ops.git',
  'ssh://git@github.com:22/team/ops',
  'https://user:word@github.com/team/ops/',
])('%s', (url) => {
  const dir = folder({ '.git/config': `[remote "origin"]\n\turl = ${url}\n\tfetch = x\n` });
  expect(remotesOf(dir)).toEqual(['github.com/team/ops']);
});

it('of a worktree, the repository’s', () => {
  const dir = folder({
    'main/.git/config': '[remote "a"]\n\turl = https://host/a/b\n[remote "b"]\n\turl = host:c/d\n',
    'main/.git/worktrees/x/commondir': '../..\n',
    'x/.git': 'gitdir: ../main/.git/worktrees/x\n',
  });
  expect(remotesOf(join(dir, 'x'))).toEqual(['host/a/b', 'host/c/d']);
});

it('where nothing says so, none', () => {
  expect(remotesOf(folder({ 'package.json': '{}' }))).toEqual([]);
  expect(remotesOf(folder({ '.git/config': '[core]\n\tbare = false\n' }))).toEqual([]);
});
