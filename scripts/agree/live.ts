import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PROJECT_DIR } from '../../src/commands/paths.ts';
import type { CheckFinding } from '../../src/model/check.ts';
import type { Judgement } from '../../src/model/verdict.ts';
import { changed } from '../../src/mutate/change.ts';
import type { Judged } from './judged.ts';
import { noticedOf } from './noticed.ts';
import type { LiveRun } from './noticed.ts';
import type { Agreement } from './record.ts';
import { changesOf, kindOf } from './worlds.ts';

const REFUSED = 'refused before it was started';

/**
 * One verify of the project with all mistakes of a world in it. What isn't as evidence says may be
 * the others' doing: it is looked at without those that are, or in halves, until it is alone. Each
 * is told as soon as it is known.
 */
export async function* judgedLive(world: Judged[], signal: AbortSignal): AsyncGenerator<Agreement> {
  const told = await toldOf(world, signal);
  const settled = told.filter((one) => world.length === 1 || isClear(one));
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
  return fate === 'killed' ? noticed !== null : noticed === null && !open;
}

/** What a run tells of all; where the stack is refused, of those that it is refused for. */
async function toldOf(world: Judged[], signal: AbortSignal): Promise<Agreement[]> {
  if (await isRefused(world, signal)) {
    const told: Agreement[] = [];
    for (const one of world)
      if (world.length === 1 || (await isRefused([one], signal)))
        told.push(agreement(one, { noticed: REFUSED, open: false }, 0));
    return told;
  }
  const startedAt = Date.now();
  const run = await withStack(world, (stack, dir) =>
    verified(stack, join(dir, 'runs'), world, signal),
  );
  const seconds = (Date.now() - startedAt) / 1000;
  return world.map((one) => {
    const isAlone = world.length === 1 || one.fate !== 'killed';
    return agreement(one, noticedOf(run, one, isAlone), seconds);
  });
}

function agreement(
  one: Judged,
  noticed: Pick<Agreement, 'noticed' | 'open'>,
  seconds: number,
): Agreement {
  const { id, operator, subject } = one.mutant;
  return { id, kind: kindOf(one), operator, subject, fate: one.fate, seconds, ...noticed };
}

/** Calls with the folder of a copy of the stack that has all mistakes of a world. */
async function withStack<T>(
  world: Judged[],
  use: (stack: string, dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'gtv-agree-'));
  try {
    const stack = join(dir, 'stack');
    await cp(join(PROJECT_DIR, 'stack'), stack, { recursive: true });
    for (const change of changesOf(world)) {
      const path = join(stack, change.file);
      await writeFile(path, changed(await readFile(path, 'utf8'), change));
    }
    return await use(stack, dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Whether verify refuses the stack before it starts anything. */
async function isRefused(world: Judged[], signal: AbortSignal): Promise<boolean> {
  const exitCode = await withStack(world, (stack) =>
    verify(['--plan', '--stack', stack], {}, signal),
  );
  return exitCode !== 0;
}

async function verified(
  stack: string,
  runs: string,
  world: Judged[],
  signal: AbortSignal,
): Promise<LiveRun> {
  await verify(
    ['--quiet', '--runtime', 'native', '--stack', stack],
    { GTV_RUNS: runs, ...misexporting(world) },
    signal,
  );
  const [name = ''] = await readdir(runs).catch(() => []);
  const read = async <T>(file: string): Promise<T | undefined> => {
    const text = await readFile(join(runs, name, file), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  const check = await read<{ findings: CheckFinding[] }>('check.json');
  return { judgement: await read<Judgement>('report.json'), findings: check?.findings ?? [] };
}

/** @returns the exit code; @throws the signal's reason when it is interrupted */
async function verify(
  args: string[],
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<number> {
  const { exitCode = -1 } = await execa(process.execPath, ['scripts/gtv.js', 'verify', ...args], {
    ...{ cwd: PROJECT_DIR, reject: false, stdio: 'ignore', env },
    ...{ cancelSignal: signal, killSignal: 'SIGINT' },
  });
  signal.throwIfAborted();
  return exitCode;
}

/** What has the services export wrongly what is wrong in a world. */
function misexporting(world: Judged[]): Record<string, string> {
  const faults = world.flatMap(({ fault }) => fault ?? []);
  if (faults.length === 0) return {};
  const preload = new URL('preload.js', import.meta.url);
  const inside = {
    NODE_OPTIONS: `--import ${preload.href}`,
    GTV_AGREE_FAULTS: JSON.stringify(faults),
  };
  return { GTV_INSIDE: JSON.stringify(inside) };
}
