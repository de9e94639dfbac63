import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';
import { runHelper } from './processes.ts';
import { sourcesOf } from './system.ts';
import type { Source, System } from './system.ts';

/** An apt with state, cache and sources of its own. */
export interface OwnApt {
  /** Where packages are downloaded to. */
  archives: string;
  /** Runs apt-get. @param what said when it fails @throws HarnessError with apt's last words */
  apt: (what: string, args: string[]) => Promise<string>;
}

/** What an apt of our own is made with. */
interface AptOptions {
  /** Its state, cache and sources go into a folder of this one. */
  dir: string;
  /** A dpkg status file: what it is to take for installed. */
  status: string;
  /** The suites that it takes packages from: the system's, or a newer one beside it. */
  suites: 'system' | 'with-newer';
  signal: AbortSignal;
}

/** @throws HarnessError when the machine's own sources don't name its suite */
export async function ownApt(
  system: System,
  { dir, status, suites, signal }: AptOptions,
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
  await writeFile(join(state, 'ours.sources'), sourcesText(sources, system, suites));
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

/** The sources of the system and, if asked for, the newer suite, in apt's own format. */
function sourcesText(sources: Source[], system: System, suites: AptOptions['suites']): string {
  const newer = (suites === 'with-newer' ? sources.slice(0, 1) : []).map(({ address }) => ({
    address,
    suites: [system.newer],
  }));
  return [...sources, ...newer]
    .map((source) =>
      [
        'Types: deb',
        `URIs: ${source.address}`,
        `Suites: ${source.suites.join(' ')}`,
        `Components: ${system.components}`,
        `Signed-By: ${system.keyring}`,
        '',
      ].join('\n'),
    )
    .join('\n');
}
