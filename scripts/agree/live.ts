import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PROJECT_DIR } from '../../src/commands/paths.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { changed } from '../../src/mutate/change.ts';
import type { Judged } from './judged.ts';
import { REFUSED, noticedOf } from './noticed.ts';
import type { LiveRun } from './noticed.ts';
import type { Agreement } from './record.ts';
import { changesOf, kindOf } from './worlds.ts';

/**
 * One verify of the project with all mistakes of a world in it. What isn't as evidence says may be
 * the others' doing: it is looked at without those that are, or in halves, until it is alone. Each
 * is told as soon as it is known.
 */
export async function* judgedLive(world: Judged[], signal: AbortSignal): AsyncGenerator<Agreement> {
  const told = await toldOf(world, signal);
  const settled = world.length === 1 ? told : told.filter(isClear);
  yield* settled;
  const known = new Set(settled.map(({ id }) => id));
  const rest = world.filter(({ mutant }) => !known.has(mutant.id));
  const middle = Math.ceil(rest.length / 2);
  const halves = [rest.slice(0, middle), rest.slice(middle)];
  const parts = rest.length < world.length ? [rest] : halves;
  for (const part of parts) if (part.length > 0) yield* judgedLive(part, signal);
}

/** Nothing in the company of others can have led to it. */
function isClear({ fate, noticed, open }: Agreement): boolean {
  return fate === 'killed' ? noticed !== null && noticed !== REFUSED : noticed === null && !open;
}

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
    const run = await verified(stack, join(dir, 'runs'), world, signal);
    const seconds = (Date.now() - startedAt) / 1000;
    return world.map((one) => {
      const { id, operator, subject } = one.mutant;
      const kind = kindOf(one);
      const isAlone = world.length === 1 || one.fate !== 'killed';
      return {
        id,
        kind,
        operator,
        subject,
        fate: one.fate,
        seconds,
        ...noticedOf(run, one, isAlone),
      };
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function verified(
  stack: string,
  runs: string,
  world: Judged[],
  signal: AbortSignal,
): Promise<LiveRun> {
  const { exitCode = -1 } = await execa(
    process.execPath,
    ['scripts/gtv.js', 'verify', '--quiet', '--runtime', 'native', '--stack', stack],
    {
      cwd: PROJECT_DIR,
      reject: false,
      stdio: 'ignore',
      env: { GTV_RUNS: runs, ...misexporting(world) },
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

/** What has the services export wrongly what is wrong in a world. */
function misexporting(world: Judged[]): Record<string, string> {
  const faults = world.flatMap(({ fault }) => fault ?? []);
  if (faults.length === 0) return {};
  const preload = new URL('preload.js', import.meta.url);
  return { NODE_OPTIONS: `--import ${preload.href}`, GTV_AGREE_FAULTS: JSON.stringify(faults) };
}
