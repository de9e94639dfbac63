import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeTemporary, removeTemporaries } from '../../src/lib/temporary.ts';
import { mountNamespace } from '../../src/programs/processes.ts';
import { PROJECT } from '../support/cases.ts';
import { evaluated } from '../support/evaluated.ts';
import { ELSEWHERE, ENDED, REUSED } from '../support/marks.ts';

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
  const [dead = '', reused = '', ...others] = [
    ...[`gtv-check-${ENDED}-aBc123`, `gtv-check-${REUSED}-aBc123`],
    // Of a process in another container, of one that is no more than a number, nobody's.
    ...[`gtv-check-${ELSEWHERE}-aBc123`, 'gtv-check-99999999-aBc123', 'gtv-bench-load-aBc123', 'x'],
  ].map((name) => join(dir, name));
  for (const path of [dead, reused, ...others]) mkdirSync(path);
  const { removed, kept } = await removeTemporaries();
  expect(removed.sort()).toEqual([dead, reused].sort());
  expect(kept).toEqual([]);
  expect([alive, ...others].map((path) => existsSync(path))).toEqual(Array(5).fill(true));
});

it('also one that is still written to for a moment', async () => {
  const dead = join(dir, `gtv-check-${ENDED}-aBc123`);
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
  expect((await removeTemporaries()).removed).toEqual([dead]);
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

it('one with a part that may not be removed stays, and the others go', async () => {
  const [first = '', last = ''] = ['aaaaaa', 'zzzzzz'].map((end) =>
    join(dir, `gtv-check-${ENDED}-${end}`),
  );
  for (const path of [first, last]) mkdirSync(join(path, 'part'), { recursive: true });
  const program = `
import { removeTemporaries } from ${JSON.stringify(join(PROJECT, 'src/lib/temporary.ts'))};
console.log(JSON.stringify(await removeTemporaries()));`;
  const { stdout } = await evaluated(program, [
    ...['unshare', ...mountNamespace(), 'sh', '-c'],
    // Nobody removes what something is mounted at.
    'mount -t tmpfs tmpfs "$0/part" && exec "$@"',
    first,
  ]);
  expect(JSON.parse(stdout)).toEqual({
    removed: [last],
    kept: [expect.stringMatching(new RegExp(`^${first}: .*EBUSY`)) as string],
  });
});
