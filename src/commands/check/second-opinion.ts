import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { execa } from 'execa';
import type { RefusableFile, Refusal } from '../../check/index.ts';
import { makeTemporary } from '../../lib/temporary.ts';
import { findProgram } from '../promtool.ts';
import { wordsIn } from './words-in.ts';

/** Far longer than either program takes for any files. */
const TIMEOUT_MS = 30_000;
/**
 * The versions whose configurations check knows; an older program may not know what is new in them.
 */
const CURRENT = { prometheus: { major: 3, minor: 16 }, alertmanager: { major: 0, minor: 33 } };

/**
 * Asks promtool and amtool about a stack's files, where they are in the PATH or in the cache;
 * nothing is fetched. Both are at work once this is done, so that whoever asked can do something
 * else until they have answered.
 * @param dir the stack's folder, absolute
 */
export async function askPrograms(
  files: RefusableFile[],
  dir: string,
): Promise<{ answers: Promise<Refusal[]> }> {
  const of = (kind: RefusableFile['kind']): RefusableFile[] =>
    files.filter((file) => file.kind === kind);
  const [{ execa }, promtool, amtool] = await Promise.all([
    import('execa'),
    findProgram('promtool'),
    findProgram('amtool'),
  ]);
  const ask = (path: string | undefined, args: string[], kind: RefusableFile['kind']) =>
    path === undefined ? [] : askAbout({ execa, path, args }, of(kind), dir);
  const answers = Promise.all([
    ask(promtool, ['check', 'rules', '--lint=none'], 'rules'),
    ask(promtool, ['check', 'config', '--syntax-only'], 'prometheus'),
    ask(amtool, ['check-config'], 'alertmanager'),
  ]);
  return { answers: answers.then((all) => all.flat()) };
}

interface Program {
  execa: typeof execa;
  /** Absolute. */
  path: string;
  /** Before the files. */
  args: string[];
}

/** A file, and where its program finds it. */
type Placed = RefusableFile & { at: string };

async function askAbout(program: Program, files: RefusableFile[], dir: string): Promise<Refusal[]> {
  if (files.length === 0) return [];
  const scratch = await makeTemporary('asked');
  try {
    const placed = files.map((file, i) => ({
      ...file,
      at: file.text === undefined ? join(dir, file.path) : join(scratch, `${i}.yml`),
    }));
    await Promise.all(
      placed.flatMap(({ at, text }) => (text === undefined ? [] : [writeFile(at, text)])),
    );
    return await refusalsOf(program, placed);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function refusalsOf({ execa, path, args }: Program, files: Placed[]): Promise<Refusal[]> {
  const run = async (own: string[]): Promise<string | undefined> => {
    const { exitCode, stdout, stderr } = await execa(path, own, {
      reject: false,
      timeout: TIMEOUT_MS,
      env: { NO_COLOR: '1' },
    });
    return exitCode === undefined ? undefined : exitCode === 0 ? '' : `${stdout}\n${stderr}`;
  };
  // Most often nothing is wrong with any of them: then one start is enough.
  if ((await run([...args, ...files.map(({ at }) => at)])) === '') return [];
  const version = versionIn((await execa(path, ['--version'], { all: true, reject: false })).all);
  const program = basename(path);
  const current = program === 'promtool' ? CURRENT.prometheus : CURRENT.alertmanager;
  // A later major version refuses what the pinned one takes: it has nothing to say.
  const own = files.filter(({ pinned }) => (pinned ?? current).major >= version.major);
  const refused = await Promise.all(
    own.map(async (file) => ({ file, output: await run([...args, file.at]) })),
  );
  return refused.flatMap(({ file, output }) =>
    output === undefined || output === ''
      ? []
      : wordsIn(output, file.at).map(({ words, line }) => ({
          kind: file.kind,
          path: file.path,
          program: `${program} ${version.major}.${version.minor}`,
          words,
          line,
          isOlder: isBefore(version, file.pinned ?? current),
        })),
  );
}

function versionIn(text: string): { major: number; minor: number } {
  const found = /version (\d+)\.(\d+)/.exec(text);
  return { major: Number(found?.[1] ?? 0), minor: Number(found?.[2] ?? 0) };
}

function isBefore(
  a: { major: number; minor: number },
  b: { major: number; minor: number },
): boolean {
  return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}
