import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PROJECT_DIR } from '../../src/commands/paths.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import { subjectId } from '../../src/model/expectation.ts';
import type { Mutant } from '../../src/model/mutation.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { changed } from '../../src/mutate/change.ts';
import type { Agreement } from './record.ts';
import { changesOf } from './worlds.ts';
import type { Judged } from './worlds.ts';

/** What a run of verify left. */
interface Told {
  exitCode: number;
  judgement: Judgement | undefined;
  findings: CheckFinding[];
}

/**
 * One verify of the project's stack with all mistakes of a world in it. Where the stack is refused,
 * one of several is why: then each half is judged by itself.
 */
export async function judgedLive(world: Judged[], signal: AbortSignal): Promise<Agreement[]> {
  const told = await toldOf(world, signal);
  const middle = Math.ceil(world.length / 2);
  if (world.length === 1 || !told.some(({ noticed }) => noticed === REFUSED)) return told;
  return [
    ...(await judgedLive(world.slice(0, middle), signal)),
    ...(await judgedLive(world.slice(middle), signal)),
  ];
}

const REFUSED = 'refused before it was started';

async function toldOf(world: Judged[], signal: AbortSignal): Promise<Agreement[]> {
  const startedAt = Date.now();
  const dir = await mkdtemp(join(tmpdir(), 'gtv-agree-'));
  try {
    const stack = join(dir, 'stack');
    await cp(join(PROJECT_DIR, 'stack'), stack, { recursive: true });
    for (const change of changesOf(world)) {
      const path = join(stack, change.file);
      await writeFile(path, changed(await readFile(path, 'utf8'), change));
    }
    const told = await verified(stack, join(dir, 'runs'), signal);
    const seconds = (Date.now() - startedAt) / 1000;
    return world.map(({ mutant, fate }) => {
      const { id, kind, operator, subject } = mutant;
      const isAbout = world.length === 1 ? () => true : aboutOf(mutant);
      return { id, kind, operator, subject, fate, seconds, ...noticedOf(told, isAbout) };
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function verified(stack: string, runs: string, signal: AbortSignal): Promise<Told> {
  const { exitCode = -1 } = await execa(
    process.execPath,
    ['scripts/gtv.js', 'verify', '--quiet', '--runtime', 'native', '--stack', stack],
    {
      cwd: PROJECT_DIR,
      reject: false,
      stdio: 'ignore',
      env: { GTV_RUNS: runs },
      cancelSignal: signal,
      killSignal: 'SIGINT',
    },
  );
  signal.throwIfAborted();
  const [name = ''] = await readdir(runs).catch(() => []);
  const read = async <T>(file: string): Promise<T | undefined> => {
    const text = await readFile(join(runs, name, file), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  const check = await read<{ findings: CheckFinding[] }>('check.json');
  return {
    exitCode,
    judgement: await read<Judgement>('report.json'),
    findings: check?.findings ?? [],
  };
}

/** Whether something that is told, by what it is about, is about a mutant. */
function aboutOf({ subject }: Mutant): (about: string) => boolean {
  const name = subject.replace(/^(alert|panel) /, '').replaceAll(' / ', '/');
  const panel = name.split('/').at(-1) ?? name;
  return (about) =>
    about === subject ||
    about === `panel ${panel}` ||
    about === `panel "${panel}"` ||
    about === name ||
    about.startsWith(`${name}/`) ||
    about.startsWith(`${name} `);
}

/** By what a run noticed it, its own verdicts first; a stack that it refuses is noticed too. */
function noticedOf(
  { judgement, findings, exitCode }: Told,
  isAbout: (about: string) => boolean,
): Pick<Agreement, 'noticed' | 'open'> {
  const own = (judgement?.verdicts ?? []).filter(({ expectation }) =>
    isAbout(subjectId(expectation.subject)),
  );
  const failed = own.find(({ outcome }) => outcome === 'fail')?.finding;
  const seen = findings.find(({ subject, level }) => level !== 'advice' && isAbout(subject ?? ''));
  const refused = !judgement && exitCode === 2 ? REFUSED : null;
  return {
    noticed: failed ? `run: ${failed.id}` : seen ? `check: ${seen.rule}` : refused,
    open: !judgement || own.some(({ outcome }) => outcome === 'inconclusive'),
  };
}
