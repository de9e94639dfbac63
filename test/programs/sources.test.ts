import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../../src/programs/system.ts';

const uris = (...paths: string[]): string =>
  paths.map((path) => `'http://${path}/InRelease' some_file 0 `).join('\n');

describe("the system's own sources", () => {
  it('are its archive with its updates, and the archive of its security updates', () => {
    expect(
      sourcesOf(
        uris(
          'mirror/debian/dists/bookworm',
          'mirror/debian/dists/bookworm-updates',
          'mirror/debian-security/dists/bookworm-security',
        ),
        'bookworm',
      ),
    ).toEqual([
      { address: 'http://mirror/debian', suites: ['bookworm', 'bookworm-updates'] },
      { address: 'http://mirror/debian-security', suites: ['bookworm-security'] },
    ]);
  });
  it('may have the security updates in the same archive', () => {
    expect(
      sourcesOf(
        uris(
          'mirror/ubuntu/dists/noble',
          'mirror/ubuntu/dists/noble-updates',
          'mirror/ubuntu/dists/noble-security',
          'other/ubuntu/dists/noble-security',
        ),
        'noble',
      ),
    ).toEqual([
      { address: 'http://mirror/ubuntu', suites: ['noble', 'noble-updates', 'noble-security'] },
    ]);
  });
  it('ask for no suite that the machine does not read', () => {
    expect(sourcesOf(uris('mirror/debian/dists/bookworm'), 'bookworm')).toEqual([
      { address: 'http://mirror/debian', suites: ['bookworm'] },
    ]);
  });
  it('leave out other vendors, their backports and other suites', () => {
    expect(
      sourcesOf(
        uris(
          'vendor/apt/dists/bookworm',
          'mirror/debian/dists/bookworm',
          'mirror/debian/dists/bookworm-updates',
          'mirror/debian/dists/bookworm-backports',
          'mirror/debian/dists/trixie',
        ),
        'bookworm',
      ),
    ).toEqual([{ address: 'http://mirror/debian', suites: ['bookworm', 'bookworm-updates'] }]);
  });
  it('are none when no source has the suite', () =>
    expect(sourcesOf(uris('mirror/debian/dists/trixie'), 'bookworm')).toBeUndefined());
});
