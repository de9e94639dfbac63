import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { extract } from 'tar-stream';
import type { Header } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { missingLibraries, packLayer } from '../../src/images/layer.ts';
import type { LayerContent } from '../../src/images/layer.ts';
import { entrypoints, skeleton } from '../../src/images/skeleton.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true })));

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'gtv-layer-'));
  made.push(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

/** Every entry of the archive, in its order. */
async function unpacked(
  content: LayerContent,
): Promise<(Partial<Header> & { name: string; text: string })[]> {
  const entries: (Partial<Header> & { name: string; text: string })[] = [];
  const reader = packLayer(content).archive.pipe(extract());
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    entries.push({ ...entry.header, text: Buffer.concat(chunks).toString('utf8') });
  }
  return entries;
}

describe('a layer', () => {
  it('lays one folder over the other, and the rest over both', async () => {
    const base = folder({ 'bin/a': 'base', 'bin/b': 'base', 'bin/c': 'base' });
    const entries = await unpacked({
      usr: [base, folder({ 'bin/b': 'native' })],
      programs: { 'usr/local/bin/node': join(base, 'bin/a') },
      extras: [{ path: 'usr/bin/c', link: 'a' }],
    });
    const of = (name: string) => entries.filter((entry) => entry.name === name);
    expect(of('usr/bin/a')).toMatchObject([{ text: 'base' }]);
    expect(of('usr/bin/b')).toMatchObject([{ text: 'native' }]);
    expect(of('usr/bin/c')).toMatchObject([{ type: 'symlink', linkname: 'a' }]);
    expect(of('usr/local/bin/node')).toMatchObject([{ text: 'base' }]);
  });

  it('belongs to root, and nothing in it is setuid, unless told otherwise', async () => {
    const usr = folder({ 'bin/su': 'x' });
    chmodSync(join(usr, 'bin/su'), 0o4755);
    const entries = await unpacked({
      usr: [usr],
      programs: {},
      extras: [{ path: 'data', owner: 999, mode: 0o1777 }],
    });
    expect(entries.find(({ name }) => name === 'usr/bin/su')).toMatchObject({
      uid: 0,
      gid: 0,
      mode: 0o755,
    });
    expect(entries.find(({ name }) => name.startsWith('data'))).toMatchObject({
      uid: 999,
      gid: 999,
      mode: 0o1777,
      type: 'directory',
    });
  });

  it('keeps links as they are, even those that lead nowhere yet', async () => {
    const usr = folder({ 'lib/real': 'x' });
    symlinkSync('/lib/elsewhere', join(usr, 'lib/link'));
    expect(
      (await unpacked({ usr: [usr], programs: {}, extras: [] })).find(
        ({ name }) => name === 'usr/lib/link',
      ),
    ).toMatchObject({ type: 'symlink', linkname: '/lib/elsewhere' });
  });

  it('has each path once, a folder before what is in it', async () => {
    const names = (
      await unpacked({
        usr: [folder({ 'lib/x/y': '1', 'bin/z': '2' }), folder({ 'lib/x/w': '3' })],
        programs: {},
        extras: skeleton('15'),
      })
    ).map(({ name }) => name.replace(/\/$/, ''));
    expect(new Set(names).size).toBe(names.length);
    for (const [at, name] of names.entries()) {
      const parent = names.indexOf(dirname(name));
      if (parent >= 0) expect(parent, name).toBeLessThan(at);
    }
  });

  it('leaves out interpreters and what is there to develop with', async () => {
    const entries = await unpacked({
      usr: [
        folder({
          'bin/python3': '',
          'bin/perl5': '',
          'lib/python3/x': '',
          'lib/x86_64-linux-gnu/perl-base/x': '',
          'include/x.h': '',
          'bin/psql': '',
        }),
      ],
      programs: {},
      extras: [],
    });
    expect(
      entries
        .filter(({ type, name }) => type === 'file' && name.startsWith('usr'))
        .map(({ name }) => name),
    ).toEqual(['usr/bin/psql']);
  });

  it('puts the certificates of authorities into the one file that programs look for', async () => {
    const entries = await unpacked({
      usr: [
        folder({
          'share/ca-certificates/mozilla/B.crt': 'second\n',
          'share/ca-certificates/mozilla/A.crt': 'first\n',
        }),
      ],
      programs: {},
      extras: [],
    });
    expect(entries.find(({ name }) => name === 'etc/ssl/certs/ca-certificates.crt')?.text).toBe(
      'first\nsecond\n',
    );
  });

  it('ends with the error of a file that went away', async () => {
    const usr = folder({ 'bin/a': 'x' });
    const { archive } = packLayer({ usr: [usr], programs: {}, extras: [] });
    rmSync(join(usr, 'bin/a'));
    await expect(
      (async () => {
        for await (const chunk of archive) void chunk;
      })(),
    ).rejects.toThrow(/ENOENT/);
  });
});

describe('shared libraries', () => {
  it('that no folder has are named', async () => {
    expect(await missingLibraries(process.execPath, [folder({ 'lib/libm.so.6': '' })])).toContain(
      'libc.so.6',
    );
  });
  it('of something that is no program are none', async () =>
    expect(await missingLibraries(join(folder({ text: 'x' }), 'text'), [])).toEqual([]));
});

describe('the scripts that start programs', () => {
  it.each(Object.entries(entrypoints()))('%s is a shell script', async (_name, text) => {
    expect(text).toMatch(/^#!\/bin\/sh\n/);
    const { exitCode, stderr } = await execa('sh', ['-n'], { input: text, reject: false });
    expect([exitCode, stderr]).toEqual([0, '']);
  });
});
