import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { damagedFiles, describeFiles } from '../../src/programs/files.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

const PROGRAM = 'usr/bin/prometheus';
const LIBRARY = 'usr/lib/deep/libpq.so.5';
const LINK = 'usr/lib/libpq.so';
const described = {
  files: 3,
  programs: {
    prometheus: { path: PROGRAM, sha256: createHash('sha256').update('a program').digest('hex') },
  },
};

/** A part of a cache with a program, a library and a link to it, and k6 beside them. */
function built(): string {
  const root = mkdtempSync(join(tmpdir(), 'gtv-files-'));
  made.push(root);
  for (const dir of ['usr/bin', 'usr/lib/deep', 'usr/lib/empty'])
    mkdirSync(join(root, dir), { recursive: true });
  writeFileSync(join(root, PROGRAM), 'a program');
  writeFileSync(join(root, LIBRARY), 'a library');
  symlinkSync('deep/libpq.so.5', join(root, LINK));
  writeFileSync(join(root, 'k6'), 'a load');
  // As packages have it: long ago.
  utimesSync(join(root, LIBRARY), 1_000_000, 1_000_000);
  return root;
}

describe('a cache whose files were described', () => {
  it.each<[string, (root: string) => void, string | undefined]>([
    ['whole', () => undefined, undefined],
    ['with a file cut short', (root) => writeFileSync(join(root, LIBRARY), 'a lib'), 'damaged'],
    ['with other bytes', (root) => writeFileSync(join(root, LIBRARY), 'a LIBRARY'), 'damaged'],
    ['with a file gone', (root) => unlinkSync(join(root, LIBRARY)), 'missing'],
    [
      'with a folder gone',
      (root) => rmSync(join(root, 'usr/lib/empty'), { recursive: true }),
      'missing',
    ],
    ['with a file too many', (root) => writeFileSync(join(root, 'usr/lib/x'), ''), 'none of its'],
  ])('%s', async (_, damage, words) => {
    const root = built();
    await describeFiles(root);
    damage(root);
    const said = await damagedFiles(root, described, false);
    if (words === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(words);
  });
  it('names up to three files of a folder that is gone', async () => {
    const root = built();
    for (const name of ['a', 'b', 'c']) writeFileSync(join(root, 'usr/lib/deep', name), name);
    await describeFiles(root);
    rmSync(join(root, 'usr/lib/deep'), { recursive: true });
    const gone = ['a', 'b', 'c'].map((name) => `usr/lib/deep/${name} is missing`);
    expect(await damagedFiles(root, described, false)).toBe(
      ['usr/lib/deep/ is missing', ...gone.slice(0, 2), '2 more'].join(', '),
    );
  });
  it('names a link that leads elsewhere, and k6', async () => {
    const root = built();
    await describeFiles(root);
    unlinkSync(join(root, LINK));
    symlinkSync('/elsewhere', join(root, LINK));
    writeFileSync(join(root, 'k6'), 'no load');
    expect(await damagedFiles(root, described, false)).toBe(`k6 is damaged, ${LINK} is damaged`);
  });
  it('is whole where only times of change differ, as in a copy, and knows it from then on', async () => {
    const root = built();
    await describeFiles(root);
    const before = readFileSync(join(root, 'files.stamp'), 'utf8');
    utimesSync(join(root, LIBRARY), 2_000_000, 2_000_000);
    expect(await damagedFiles(root, described, false)).toBeUndefined();
    expect(readFileSync(join(root, 'files.stamp'), 'utf8')).not.toBe(before);
  });
  it('is read as a whole when it is asked for: bits may change by themselves', async () => {
    const root = built();
    await describeFiles(root);
    const { mtime } = statSync(join(root, LIBRARY));
    writeFileSync(join(root, LIBRARY), 'a librarY');
    utimesSync(join(root, LIBRARY), mtime, mtime);
    expect(await damagedFiles(root, described, false)).toBeUndefined();
    expect(await damagedFiles(root, described, true)).toBe(`${LIBRARY} is damaged`);
  });
  it('is not usable without its list', async () => {
    const root = built();
    await describeFiles(root);
    writeFileSync(join(root, 'files.json'), '{"usr');
    rmSync(join(root, 'files.stamp'));
    expect(await damagedFiles(root, described, false)).toBe('the list of its files is broken');
  });
});

describe('a cache of before files were described', () => {
  it('is described as it is', async () => {
    const root = built();
    expect(await damagedFiles(root, described, false)).toBeUndefined();
    writeFileSync(join(root, LIBRARY), 'no library');
    expect(await damagedFiles(root, described, false)).toBe(`${LIBRARY} is damaged`);
  });
  it.each<[string, (root: string) => void, string]>([
    ['a program', (root) => writeFileSync(join(root, PROGRAM), 'a pr0gram'), 'prometheus has'],
    ['the number of files', (root) => unlinkSync(join(root, LINK)), 'it has 2 files instead of 3'],
  ])('but not with another one than was written down: %s', async (_, damage, words) => {
    const root = built();
    damage(root);
    expect(await damagedFiles(root, described, false)).toContain(words);
    expect(existsSync(join(root, 'files.json'))).toBe(false);
  });
  it('is usable where nothing may be written', async () => {
    const root = built();
    // A folder in the place of the file: also root can't write there.
    mkdirSync(join(root, 'files.stamp'));
    chmodSync(root, 0o500);
    expect(await damagedFiles(root, described, false)).toBeUndefined();
  });
});
