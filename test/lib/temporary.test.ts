import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeTemporary, removeTemporaries } from '../../src/lib/temporary.ts';

/** No process has this number: the kernel's greatest is 2^22. */
const NOBODY = 99_999_999;
let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gtv-temporary-'));
  vi.stubEnv('TMPDIR', dir);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

it('temporary folders of a process that is gone are removed, and no others', async () => {
  const alive = await makeTemporary('check');
  const [dead, others, file] = [`gtv-check-${NOBODY}-aBc123`, 'gtv-bench-load-aBc123', 'x'].map(
    (name) => join(dir, name),
  );
  for (const path of [dead, others, file]) mkdirSync(path ?? '');
  expect(await removeTemporaries()).toEqual([dead]);
  expect([alive, dead, others, file].map((path) => existsSync(path ?? ''))).toEqual([
    ...[true, false, true, true],
  ]);
});

it('also one that is still written to for a moment', async () => {
  const dead = join(dir, `gtv-check-${NOBODY}-aBc123`);
  mkdirSync(dead);
  const write = `
    const fs = require('node:fs');
    process.send('writing');
    for (let n = 0; n < 3_000; n++) {
      fs.mkdirSync(process.argv[1] + '/' + n, { recursive: true });
      fs.writeFileSync(process.argv[1] + '/' + n + '/file', 'x');
    }
    fs.writeFileSync(process.argv[1] + '/last', 'x');`;
  const writer = execa(process.execPath, ['-e', write, dead], { ipc: true, reject: false });
  await writer.getOneMessage();
  expect(await removeTemporaries()).toEqual([dead]);
  await writer;
});

it('where no folder for temporary files is, that is said, with the variable that names another', async () => {
  const missing = join(dir, 'missing');
  vi.stubEnv('TMPDIR', missing);
  await expect(makeTemporary('check')).rejects.toMatchObject({
    message: `no temporary folder can be made in ${missing}: there is no such folder`,
    advice: expect.stringContaining('TMPDIR') as string,
  });
  writeFileSync(missing, '');
  await expect(makeTemporary('check')).rejects.toThrow('a file stands where a folder has to be');
});
