import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { check, describePackage, lackedBy } from '../../src/programs/manifest.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function cache(manifest: unknown, files: string[] = []): string {
  const root = mkdtempSync(join(tmpdir(), 'gtv-cache-'));
  made.push(root);
  for (const path of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  writeFileSync(join(root, 'manifest.json'), JSON.stringify(manifest));
  return root;
}
const manifest = { schema: 2, versions: {}, programs: {}, files: 2, packages: [] };

describe('a cache whose manifest is no manifest', () => {
  it.each([
    [null],
    [[]],
    ['text'],
    [{}],
    [{ schema: 1 }],
    [{ ...manifest, schema: 1 }],
    [{ ...manifest, programs: null }],
    [{ ...manifest, programs: { ip: {} } }],
  ])('is to be built anew: %j', async (json) => {
    expect(await check(cache(json), false)).toEqual({ wrong: 'it was made by another version' });
  });
});

describe('the files of a cache', () => {
  it('are counted, in all folders', async () =>
    expect(await check(cache(manifest, ['usr/lib/a', 'usr/lib/deep/b']), false)).toMatchObject({
      files: 2,
    }));
  it('may not be fewer: a library is missing', async () => {
    expect(await check(cache(manifest, ['usr/lib/a']), false)).toEqual({
      wrong: 'it has 1 files instead of 2',
    });
  });
  it('include links, even to nowhere', async () => {
    const root = cache(manifest, ['usr/lib/a']);
    symlinkSync('/nowhere', join(root, 'usr/lib/link'));
    expect(await check(root, false)).toMatchObject({ files: 2 });
  });
  it('are none without the folder', async () =>
    expect(await check(cache(manifest), false)).toEqual({ wrong: 'it has 0 files instead of 2' }));
});

describe('a cache from before a technology was added', () => {
  it('lacks a program', () => {
    expect(lackedBy({ programs: {} })).toBe('prometheus');
  });
});

describe('a package', () => {
  it('is described by its file: name, version with its epoch, size and checksum', async () => {
    const path = join(cache({}), 'erlang-base_1%3a25.2.3+dfsg-1_amd64.deb');
    writeFileSync(path, 'a package');
    expect(await describePackage(path)).toEqual({
      name: 'erlang-base',
      version: '1:25.2.3+dfsg-1',
      bytes: 9,
      sha256: createHash('sha256').update('a package').digest('hex'),
    });
  });
});
