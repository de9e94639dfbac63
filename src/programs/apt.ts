import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';
import { runHelper } from './processes.ts';
import { sourcesOf, thisSystem } from './system.ts';
import type { Source, System } from './system.ts';

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
  const own = await ownApt(dir, system, selection, signal);
  const { fromNewer } = selection;
  const suites = [system.codename, ...(fromNewer.length > 0 ? [system.newer] : [])];
  onProgress(`reading the package lists of ${suites.join(' and ')}`);
  await own.apt('reading the package lists', ['update', '-qq']);
  const wanted = await chosenPackages(own, system, selection);
  const bytes = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  const also = fromNewer.length > 0 ? ' and the monitoring programs' : '';
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

/** An apt with state, cache and sources of its own. */
interface OwnApt {
  /** Where packages are downloaded to. */
  archives: string;
  /** Runs apt-get. @param what said when it fails @throws HarnessError with apt's last words */
  apt: (what: string, args: string[]) => Promise<string>;
}

async function ownApt(
  dir: string,
  system: System,
  { status, fromNewer }: Selection,
  signal: AbortSignal,
): Promise<OwnApt> {
  const state = join(dir, 'apt');
  const archives = join(state, 'cache', 'archives');
  const folders = [join(state, 'state', 'lists', 'partial'), join(archives, 'partial')];
  await Promise.all(folders.map((path) => mkdir(path, { recursive: true })));
  const uris = await execa(
    'apt-get',
    ['update', '--print-uris', '-o', `Dir::State::lists=${join(state, 'state', 'lists')}`],
    { reject: false },
  );
  const sources = sourcesOf(uris.stdout, system.codename);
  if (!sources)
    throw new HarnessError(
      `apt's sources name no archive with the suite ${system.codename}`,
      'Look at /etc/apt/sources.list and /etc/apt/sources.list.d.',
    );
  await writeFile(join(state, 'ours.sources'), sourcesText(sources, system, fromNewer.length > 0));
  await writeFile(join(state, 'status'), status);
  await writeFile(join(state, 'apt.conf'), configuration(state));
  return {
    archives,
    apt: (what, args) =>
      runHelper('apt-get', ['-c', join(state, 'apt.conf'), ...args], {
        what,
        advice: 'Is the archive reachable? Then run `npm run fetch` again.',
        signal,
        cwd: archives,
        env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
      }),
  };
}

/**
 * The machine's own apt.conf is still read: a proxy or a certificate may stand there. Its hooks are
 * not ours.
 */
function configuration(state: string): string {
  return [
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '#clear DPkg::Post-Invoke;',
    '#clear DPkg::Pre-Install-Pkgs;',
    '#clear Acquire::IndexTargets::deb::DEP-11;',
    '#clear Acquire::IndexTargets::deb::DEP-11-icons;',
    '#clear Acquire::IndexTargets::deb::DEP-11-icons-small;',
    '#clear Acquire::IndexTargets::deb::CNF;',
    `Dir::State "${join(state, 'state')}";`,
    `Dir::State::status "${join(state, 'status')}";`,
    `Dir::Cache "${join(state, 'cache')}";`,
    `Dir::Etc::sourcelist "${join(state, 'ours.sources')}";`,
    'Dir::Etc::sourceparts "/dev/null";',
    'Dir::Etc::preferences "/dev/null";',
    'Dir::Etc::preferencesparts "/dev/null";',
    'APT::Sandbox::User "root";',
    'APT::Install-Recommends "false";',
    'Acquire::Languages "none";',
    'Acquire::Retries "3";',
    'APT::Update::Error-Mode "any";',
    '',
  ].join('\n');
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

/** The sources of the system and, if asked for, the newer suite, in apt's own format. */
function sourcesText(sources: Source[], system: System, withNewer: boolean): string {
  const newer = sources
    .slice(0, withNewer ? 1 : 0)
    .map(({ address }) => ({ address, suites: [system.newer] }));
  return [...sources, ...newer]
    .map(({ address, suites }) =>
      [
        'Types: deb',
        `URIs: ${address}`,
        `Suites: ${suites.join(' ')}`,
        `Components: ${system.components}`,
        `Signed-By: ${system.keyring}`,
        '',
      ].join('\n'),
    )
    .join('\n');
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
