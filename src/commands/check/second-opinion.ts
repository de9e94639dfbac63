import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { RefusableFile, Refusal } from '../../check/index.ts';
import { makeTemporary } from '../../lib/temporary.ts';
import { findProgram } from '../promtool.ts';
import { answerOf } from './answer-of.ts';
import type { Answer, Program } from './answer-of.ts';
import { wordsIn } from './words-in.ts';

/**
 * The versions whose configurations check knows; an older program may not know what is new in them.
 */
const CURRENT = { prometheus: { major: 3, minor: 16 }, alertmanager: { major: 0, minor: 33 } };

/** What promtool and amtool say of a stack's files. */
export interface SecondOpinion {
  refusals: Refusal[];
  /** What couldn't be known since a program gave no answer, in words. */
  unanswered: string[];
}

const NOTHING: SecondOpinion = { refusals: [], unanswered: [] };

/**
 * Asks promtool and amtool about a stack's files, where they are in the PATH or in the cache;
 * nothing is fetched. Both are at work once this is done, so that whoever asked can do something
 * else until they have answered.
 * @param dir the stack's folder, absolute
 * @param signal ends the programs; the answers fail with its reason then
 */
export async function askPrograms(
  files: RefusableFile[],
  dir: string,
  signal: AbortSignal,
): Promise<{ answers: Promise<SecondOpinion> }> {
  const of = (kind: RefusableFile['kind']): RefusableFile[] =>
    files.filter((file) => file.kind === kind);
  const [{ execa }, promtool, amtool] = await Promise.all([
    import('execa'),
    findProgram('promtool'),
    findProgram('amtool'),
  ]);
  const ask = (path: string | undefined, args: string[], kind: RefusableFile['kind']) =>
    path === undefined ? NOTHING : askAbout({ execa, path, args }, of(kind), dir, signal);
  const answers = Promise.all([
    ask(promtool, [...switchedOn(files), 'check', 'rules', '--lint=none'], 'rules'),
    ask(promtool, [...switchedOn(files), 'check', 'config', '--syntax-only'], 'prometheus'),
    ask(amtool, ['check-config'], 'alertmanager'),
  ]);
  const told = answers.then(together);
  // Whoever asked may be at something else when it is aborted.
  told.catch(() => undefined);
  return { answers: told };
}

/**
 * Promtool is started with what Prometheus is started with, as far as it is about PromQL: what it
 * doesn't know it names, and goes on.
 */
function switchedOn(files: RefusableFile[]): string[] {
  const named = files.flatMap(({ features = [] }) => features);
  const own = [...new Set(named)].filter((name) => /^promql-[a-z-]+$/.test(name));
  return own.length === 0 ? [] : [`--enable-feature=${own.join(',')}`];
}

function together(all: readonly SecondOpinion[]): SecondOpinion {
  return {
    refusals: all.flatMap(({ refusals }) => refusals),
    unanswered: [...new Set(all.flatMap(({ unanswered }) => unanswered))],
  };
}

/** A file, and where its program finds it. */
type Placed = RefusableFile & { at: string };

async function askAbout(
  program: Program,
  files: RefusableFile[],
  dir: string,
  signal: AbortSignal,
): Promise<SecondOpinion> {
  if (files.length === 0) return NOTHING;
  const scratch = await makeTemporary('asked');
  try {
    const placed = files.map((file, i) => ({
      ...file,
      at: file.text === undefined ? join(dir, file.path) : join(scratch, `${i}.yml`),
    }));
    await Promise.all(
      placed.flatMap(({ at, text }) => (text === undefined ? [] : [writeFile(at, text)])),
    );
    return await opinionOf(program, placed, signal);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function opinionOf(
  program: Program,
  files: Placed[],
  signal: AbortSignal,
): Promise<SecondOpinion> {
  // Most often nothing is wrong with any of them: then one start is enough.
  const paths = files.map(({ at }) => at);
  const first = await answerOf(program, paths, signal);
  if ('noAnswer' in first) return { refusals: [], unanswered: [first.noAnswer] };
  if (first.exitCode === 0) return NOTHING;
  const asked = await answerOf({ ...program, args: ['--version'] }, [], signal);
  const version = versionIn('output' in asked ? asked.output : '');
  const current = basename(program.path) === 'promtool' ? CURRENT.prometheus : CURRENT.alertmanager;
  // A later major version refuses what the pinned one takes: it has nothing to say.
  const own = files.filter(({ pinned }) => (pinned ?? current).major >= version.major);
  const opinions = own.map(async (file) =>
    opinionOn(file, await answerOf(program, [file.at], signal), {
      ...{ name: basename(program.path), version },
      isOlder: isBefore(version, file.pinned ?? current),
    }),
  );
  return together(await Promise.all(opinions));
}

/** What an answer means for the one file that it is about. */
function opinionOn(
  { kind, path, at }: Placed,
  answer: Answer,
  by: { name: string; version: { major: number; minor: number }; isOlder: boolean },
): SecondOpinion {
  if ('noAnswer' in answer) return { refusals: [], unanswered: [answer.noAnswer] };
  if (answer.exitCode === 0) return NOTHING;
  const program = `${by.name} ${by.version.major}.${by.version.minor}`;
  const { isOlder } = by;
  const refusals = wordsIn(answer.output, at).map(({ words, line }) => ({
    ...{ kind, path, program, words, line, isOlder },
  }));
  return { refusals, unanswered: [] };
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
