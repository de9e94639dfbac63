import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { unwritable } from '../../src/lib/unwritable.ts';
import { mountNamespace } from '../../src/programs/processes.ts';
import { PROJECT } from '../support/cases.ts';

const failed = (code: string, syscall = 'open'): unknown =>
  Object.assign(new Error(code), { code, syscall, path: '/a/b' });

it.each([
  ['EROFS', "/a/b can't be written: its file system is read-only"],
  ['EACCES', "/a/b can't be written: this user may not write there"],
  ['ENOTDIR', "/a/b can't be written: a file stands where a folder has to be"],
])('%s is told in words', async (code, words) => {
  expect(await unwritable(failed(code))).toBe(words);
});

it('what only isn’t there to be read is no such thing', async () => {
  expect(await unwritable(failed('ENOENT'))).toBeUndefined();
  expect(await unwritable(failed('EISDIR'))).toBeUndefined();
  expect(await unwritable(new Error('else'))).toBeUndefined();
});

it('of a folder on a read-only file system Node says that it isn’t there, and this why', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-read-only-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const made = join(dir, 'runs', 'one');
  const program = `
import { mkdir } from 'node:fs/promises';
import { unwritable } from ${JSON.stringify(join(PROJECT, 'src/lib/unwritable.ts'))};
await mkdir(${JSON.stringify(made)}, { recursive: true }).catch(async (error) =>
  console.log(error.code, await unwritable(error)));
`;
  const { stdout } = await execa(
    'unshare',
    [
      ...mountNamespace(),
      'sh',
      '-c',
      'mount -t tmpfs -o ro tmpfs "$1" && exec "$2" --import tsx --input-type module --eval "$3"',
      ...['sh', dir, process.execPath, program],
    ],
    { cwd: PROJECT },
  );
  expect(stdout).toBe(
    `ENOENT ${join(dir, 'runs')} can't be made: ${dir} can't be written: its file system is read-only`,
  );
});
