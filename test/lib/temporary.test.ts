import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
