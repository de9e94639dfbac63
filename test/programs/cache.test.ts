import { mkdirSync, mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseStatus } from '../../src/programs/dpkg-status.ts';
import { withLock } from '../../src/programs/lock.ts';
import { check, describe as describeCache } from '../../src/programs/manifest.ts';
import { archiveOf } from '../../src/programs/system.ts';
import { ENDED } from '../support/marks.ts';

describe('the base of a dpkg status', () => {
  const stanza = (name: string, extra: string): string =>
    `Package: ${name}\nStatus: install ok installed\n${extra}`;
  const status = [
    stanza(
      'dpkg',
      'Essential: yes\nPriority: required\nDepends: tar (>= 1.28.1),\n libfoo1 | libfoo2',
    ),
    stanza('tar', 'Priority: required\nPre-Depends: libc6 (>= 2.34)'),
    stanza('libc6', 'Priority: optional\nDescription: lines\n that go on\n .\n with a dot'),
    stanza('libfoo2', 'Priority: optional\nProvides: libbar (= 1)'),
    stanza('postgresql-15', 'Priority: optional\nDepends: libc6'),
    'Package: gone\nEssential: yes\nStatus: deinstall ok config-files',
  ].join('\n\n');

  it('keeps what every machine has and what that needs, and nothing else', () => {
    expect([...baseStatus(status).matchAll(/^Package: (.*)$/gm)].map((m) => m[1])).toEqual([
      'dpkg',
      'tar',
      'libc6',
      'libfoo2',
    ]);
  });
  it('keeps stanzas as they are', () =>
    expect(baseStatus(status)).toContain('Description: lines\n that go on\n .\n with a dot'));
  it('survives anything', () => expect(baseStatus('no stanza at all\n\n\n: :')).toBe('\n'));
});

describe('the archive of the system, among the sources of others', () => {
  const uris = [
    "'http://vendor/linux/debian/dists/bookworm/InRelease' x 0",
    "'http://mirror/debian/dists/bookworm/InRelease' x 0",
    "'http://mirror/debian/dists/bookworm-updates/InRelease' x 0",
    "'http://mirror/debian/dists/bookworm/main/binary-amd64/Packages.xz' x 0",
  ].join('\n');
  it('is the one that also has its updates', () =>
    expect(archiveOf(uris, 'bookworm')).toBe('http://mirror/debian'));
  it('is none when there is none', () => expect(archiveOf(uris, 'trixie')).toBeUndefined());
});

describe('a cache', () => {
  const PROGRAMS = [
    'bin/prometheus',
    'bin/prometheus-alertmanager',
    'bin/prometheus-node-exporter',
    'bin/prometheus-postgres-exporter',
    'bin/prometheus-redis-exporter',
    'bin/promtool',
    'bin/redis-server',
    'lib/postgresql/15/bin/postgres',
    'lib/postgresql/15/bin/initdb',
    'lib/erlang/erts-13.1/bin/beam.smp',
    'lib/rabbitmq/lib/rabbitmq_server-3.10/sbin/rabbitmq-server',
    'bin/ip',
  ];
  const build = async (): Promise<string> => {
    const root = mkdtempSync(join(tmpdir(), 'gtv-cache-'));
    for (const path of PROGRAMS) {
      mkdirSync(dirname(join(root, 'usr', path)), { recursive: true });
      writeFileSync(join(root, 'usr', path), `program ${path}`);
    }
    writeFileSync(
      join(root, 'manifest.json'),
      JSON.stringify(await describeCache(root, [], { prometheus: '3.5.3' })),
    );
    return root;
  };

  it('that is whole is taken', async () =>
    expect(await check(await build(), true)).toMatchObject({ versions: { prometheus: '3.5.3' } }));
  it('that is not there is absent', async () =>
    expect(await check('/nowhere', false)).toEqual({ wrong: 'absent' }));
  it('with a truncated program is noticed at once', async () => {
    const root = await build();
    truncateSync(join(root, 'usr/bin/prometheus'), 3);
    expect(await check(root, false)).toEqual({ wrong: 'prometheus is 3 bytes long instead of 22' });
  });
  it('with a changed program of the same size is noticed by its checksum', async () => {
    const root = await build();
    writeFileSync(join(root, 'usr/bin/prometheus'), 'program bin/evil567890');
    expect(await check(root, false)).toEqual({ wrong: 'prometheus has another checksum' });
  });
  it('with half a manifest is noticed', async () => {
    const root = await build();
    writeFileSync(
      join(root, 'manifest.json'),
      readFileSync(join(root, 'manifest.json'), 'utf8').slice(0, 40),
    );
    expect(await check(root, false)).toEqual({ wrong: 'its manifest is broken' });
  });
  it('without a program is not even described', async () => {
    const root = mkdtempSync(join(tmpdir(), 'gtv-cache-'));
    await expect(describeCache(root, [], {})).rejects.toThrow(
      "the packages don't contain prometheus",
    );
  });
});

describe('the lock', () => {
  it('lets one work at a time, and takes over from the dead', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'gtv-lock-')), 'lock');
    mkdirSync(path);
    writeFileSync(join(path, 'pid'), ENDED);
    const signal = new AbortController().signal;
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(path, signal, () => undefined, work)));
    expect(most).toBe(1);
  });
});
