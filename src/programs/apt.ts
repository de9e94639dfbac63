import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ownApt } from './own-apt.ts';
import type { OwnApt } from './own-apt.ts';
import { thisSystem } from './system.ts';
import type { System } from './system.ts';

const PROGRESS_EVERY_MS = 2_000;

export interface Fetching {
  dir: string;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/** Which packages are downloaded. */
export interface Selection {
  /** A dpkg status file: what apt is to take for installed. */
  status: string;
  /** From the suite that is installed, with all they depend on. */
  fromSystem: string[];
  /** From the newer suite, alone. */
  fromNewer: string[];
  /** Packages that something depends on and nothing here needs. */
  isUnneeded: (name: string) => boolean;
}

/**
 * Downloads packages with an apt of our own (state, cache and sources in `dir`), the archive's
 * address taken from the machine's own sources. apt checks the archive's signature and each
 * package's SHA-256. Nothing is installed.
 * @returns the paths of the packages
 * @throws HarnessError with apt's last words
 */
export async function downloadPackages(
  { dir, onProgress, signal }: Fetching,
  selection: Selection,
): Promise<string[]> {
  const system = await thisSystem();
  const { fromNewer, status } = selection;
  const isWithNewer = fromNewer.length > 0;
  const own = await ownApt(system, {
    dir,
    status,
    suites: isWithNewer ? 'with-newer' : 'system',
    signal,
  });
  const suites = [system.codename, ...(isWithNewer ? [system.newer] : [])];
  onProgress(`reading the package lists of ${suites.join(' and ')}`);
  await own.apt('reading the package lists', ['update', '-qq']);
  const wanted = await chosenPackages(own, system, selection);
  const bytes = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  const also = isWithNewer ? ' and the monitoring programs' : '';
  onProgress(
    `downloading ${wanted.length + fromNewer.length} packages (${megabytes(bytes)}${also})`,
  );
  await download(
    own,
    [
      ...wanted.map(({ name, version }) => `${name}=${version}`),
      ...fromNewer.map((name) => `${name}/${system.newer}`),
    ],
    onProgress,
  );
  return (await readdir(own.archives))
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(own.archives, name));
}

interface ListedPackage {
  name: string;
  version: string;
  bytes: number;
}

/** What the wanted packages depend on, they themselves among it, and isn't there yet. */
async function chosenPackages(
  { apt }: OwnApt,
  { codename }: System,
  { fromSystem, isUnneeded }: Selection,
): Promise<ListedPackage[]> {
  // All of the system's suites are equal, so that security updates win; nothing is taken from the
  // newer one by itself.
  const own = `/^${codename}(-updates|-security)?$/`;
  const args = ['install', '--print-uris', '-qq', '-y', '-t', own, ...fromSystem];
  const printed = await apt('choosing packages', args);
  return [...printed.matchAll(/^'[^']*' (\S+?)_(\S+?)_\S+ (\d+)/gm)]
    .map(([, name = '', version = '', size]) => ({
      name,
      version: decodeURIComponent(version),
      bytes: Number(size),
    }))
    .filter(({ name }) => !isUnneeded(name));
}

/** Says every two seconds how much is there. */
async function download(
  { apt, archives }: OwnApt,
  packages: string[],
  onProgress: (line: string) => void,
): Promise<void> {
  const ticker = setInterval(
    () => void folderBytes(archives).then((bytes) => onProgress(`  ${megabytes(bytes)} so far`)),
    PROGRESS_EVERY_MS,
  );
  try {
    await apt('downloading', ['download', '-qq', ...packages]);
  } finally {
    clearInterval(ticker);
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

async function folderBytes(dir: string): Promise<number> {
  const names = await readdir(dir).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(dir, name)).then(
        (s) => s.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((a, b) => a + b, 0);
}
