import { readFile } from 'node:fs/promises';
import { HarnessError } from '../lib/errors.ts';

/** What the fetching needs to know of a kind of system. */
export interface System {
  id: string;
  /** The suite that is installed: the databases come from it. */
  codename: string;
  /**
   * The suite that has the monitoring programs in the versions that the stack runs; Go programs,
   * which need nothing else of it.
   */
  newer: string;
  components: string;
  keyring: string;
}

const KNOWN: Record<string, Pick<System, 'newer' | 'components' | 'keyring'>> = {
  debian: {
    newer: 'forky',
    components: 'main',
    keyring: '/usr/share/keyrings/debian-archive-keyring.gpg',
  },
  ubuntu: {
    newer: 'resolute',
    components: 'main universe',
    keyring: '/usr/share/keyrings/ubuntu-archive-keyring.gpg',
  },
};

/**
 * The system that this machine runs, from os-release.
 * @throws HarnessError when it is none that the native runtime knows
 */
export async function thisSystem(): Promise<System> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (name: string): string =>
    new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
  const id = field('ID');
  const codename = field('VERSION_CODENAME');
  const known = KNOWN[id];
  if (!known || codename === '')
    throw new HarnessError(
      `the native runtime knows Debian and Ubuntu, and this is ${field('PRETTY_NAME') || 'another system'}`,
      'Run it on Debian or Ubuntu, in a virtual machine or a privileged container.',
    );
  return { id, codename, ...known };
}

/** An archive and those of its suites that are read. */
export interface Source {
  address: string;
  suites: string[];
}

/**
 * Where the system's own packages come from: its archive with its suite and updates, and its
 * security updates, which may be in another archive. Undefined when no source has the system's
 * suite.
 * @param uris what `apt-get update --print-uris` shows
 */
export function sourcesOf(uris: string, codename: string): Source[] | undefined {
  const main = archiveOf(uris, codename);
  if (main === undefined) return undefined;
  const suites = suitesByArchive(uris);
  const read = [codename, `${codename}-updates`, `${codename}-security`].filter((suite) =>
    suites.get(main)?.has(suite),
  );
  const security = [...suites].find(
    ([address, names]) => address !== main && names.has(`${codename}-security`),
  )?.[0];
  return [
    { address: main, suites: read },
    ...(security === undefined || read.includes(`${codename}-security`)
      ? []
      : [{ address: security, suites: [`${codename}-security`] }]),
  ];
}

/**
 * Base address of the archive that has the system's own suite, out of the addresses that `apt-get
 * update --print-uris` shows.
 */
export function archiveOf(uris: string, codename: string): string | undefined {
  // Other vendors' archives may have a suite of this name too; the system's own has its updates as
  // well.
  const candidates = [...suitesByArchive(uris)].filter(([, names]) => names.has(codename));
  return candidates.sort(
    ([, a], [, b]) => Number(b.has(`${codename}-updates`)) - Number(a.has(`${codename}-updates`)),
  )[0]?.[0];
}

function suitesByArchive(uris: string): Map<string, Set<string>> {
  const suites = new Map<string, Set<string>>();
  for (const [, base, suite] of uris.matchAll(/^'([^']+?)\/?dists\/([^/']+)(?:\/[^']*)?'/gm)) {
    if (base && suite) suites.set(base, (suites.get(base) ?? new Set()).add(suite));
  }
  return suites;
}
