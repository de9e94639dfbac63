import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { HarnessError } from '../lib/errors.ts';

/** What each file of a part of the cache holds, and what all of them looked like then. */
const SUMS = 'files.json';
const STAMP = 'files.stamp';
/** Folders and programs of a part of the cache; what else lies there describes them. */
const KEPT = ['usr', 'k6'];
/** What find(1) prints of each: a folder's name alone; path, target, length, time of change. */
const LOOK = ['-type', 'd', '-printf', '%p/\\n', '-o', '-printf', '%p\\0%l\\0%s\\0%T@\\n'];
/** So many damaged files are named. */
const NAMED = 3;

/** A file, a link or a folder of the cache. */
interface Entry {
  /** That of a folder ends with a slash. */
  path: string;
  /** Where a link leads; undefined: it is none. */
  target?: string;
}

/** All that lies in a part of the cache, by a quick look at each. */
interface Looked {
  entries: Entry[];
  /** Differs whenever something is gone, new, or looks different: longer, or written since. */
  stamp: string;
}

/**
 * Looks at every file without reading it. By a program, which takes a third of the time that Node
 * takes for thousands of files.
 */
async function lookAt(root: string): Promise<Looked> {
  const { stdout, exitCode, message } = await execa('find', [...KEPT, ...LOOK], {
    ...{ cwd: root, reject: false },
  });
  // What isn't there makes it fail, and is told by what it doesn't list.
  if (exitCode === undefined)
    throw new HarnessError(`${root} can't be looked at: ${message ?? ''}`, 'Install findutils.');
  const lines = stdout.split('\n').sort();
  const entries = lines.flatMap((line): Entry[] => {
    const [path, target] = line.split('\0');
    return path ? [{ path, ...(target ? { target } : {}) }] : [];
  });
  return { entries, stamp: createHash('sha256').update(lines.join('\n')).digest('hex') };
}

/** Writes down what every file of a freshly built part of the cache holds. */
export async function describeFiles(root: string): Promise<void> {
  const looked = await lookAt(root);
  await describe(root, looked, await sumsOf(root, looked));
}

/** What a part of the cache says of itself. */
interface Described {
  /** Number of files and links under usr. */
  files: number;
  programs: Record<string, { path: string; sha256: string }>;
}

/**
 * Which files aren't as they were when the cache was built, in words; undefined: all are. Those
 * that look as they did aren't read, unless `deep`. A cache that was built before files were
 * described is described now, as it is, if its programs are right.
 */
export async function damagedFiles(
  root: string,
  described: Described,
  deep: boolean,
): Promise<string | undefined> {
  const looked = await lookAt(root);
  const known = await readFile(join(root, STAMP), 'utf8').catch(() => undefined);
  if (known === looked.stamp && !deep) return undefined;
  const text = await readFile(join(root, SUMS), 'utf8').catch(() => undefined);
  if (text === undefined) return damagedPrograms(root, looked, described);
  const sums = parsed(text);
  if (!sums) return 'the list of its files is broken';
  const damaged = await differences(root, looked, sums);
  if (damaged.length > 0) return told(damaged);
  // Whoever may not write there reads them again the next time.
  await put(root, STAMP, looked.stamp).catch(() => undefined);
  return undefined;
}

async function damagedPrograms(
  root: string,
  looked: Looked,
  { files, programs }: Described,
): Promise<string | undefined> {
  const found = looked.entries.filter(
    ({ path }) => path.startsWith('usr/') && !path.endsWith('/'),
  ).length;
  if (found !== files) return `it has ${found} files instead of ${files}`;
  const sums = await sumsOf(root, looked);
  for (const [name, { path, sha256 }] of Object.entries(programs))
    if (sums[path] !== sha256) return `${name} has another checksum`;
  await describe(root, looked, sums).catch(() => undefined);
  return undefined;
}

async function describe(
  root: string,
  { stamp }: Looked,
  sums: Record<string, string>,
): Promise<void> {
  await put(root, SUMS, JSON.stringify(sums));
  await put(root, STAMP, stamp);
}

/** What is gone or new; else, since that takes reading them, what holds something else. */
async function differences(
  root: string,
  looked: Looked,
  wanted: Record<string, string>,
): Promise<string[]> {
  const there = new Set(looked.entries.map(({ path }) => path));
  const missing = Object.keys(wanted).filter((path) => !there.has(path));
  const added = [...there].filter((path) => wanted[path] === undefined);
  if (missing.length + added.length > 0)
    return [
      ...missing.map((path) => `${path} is missing`),
      ...added.map((path) => `${path} is none of its files`),
    ];
  const sums = await sumsOf(root, looked);
  return [...there]
    .filter((path) => sums[path] !== wanted[path])
    .map((path) => `${path} is damaged`);
}

/** What each file holds, by its path. */
async function sumsOf(root: string, { entries }: Looked): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const entry of entries) sums[entry.path] = await sumOf(root, entry);
  return sums;
}

function told(damaged: string[]): string {
  const more = damaged.length - NAMED;
  return [...damaged.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** The SHA-256 of a file, hexadecimal; a link's target; nothing of a folder. */
async function sumOf(root: string, { path, target }: Entry): Promise<string> {
  if (target !== undefined) return `-> ${target}`;
  if (path.endsWith('/')) return '';
  const bytes = await readFile(join(root, path));
  return createHash('sha256').update(bytes).digest('hex');
}

/** Never seen half written: others may look at the same cache. */
async function put(root: string, name: string, text: string): Promise<void> {
  const half = join(root, `.${name}-${process.pid}`);
  try {
    await writeFile(half, text);
    await rename(half, join(root, name));
  } finally {
    await rm(half, { force: true });
  }
}

function parsed(json: string): Record<string, string> | undefined {
  try {
    return JSON.parse(json) as Record<string, string>;
  } catch {
    return undefined;
  }
}
