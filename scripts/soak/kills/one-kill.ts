import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';
import { PROJECT_DIR } from '../../../src/commands/paths.ts';
import { sleepFor } from '../../../src/lib/wait.ts';
import { foundIn } from '../record.ts';
import { judgementIn } from '../one-run.ts';
import type { Disturbance, Ground, Prepared } from './disturbance.ts';
import { leftOf } from './left.ts';
import { worthOf } from './record.ts';
import type { KillRun, SeenOfKill } from './record.ts';

const LAST_LINES = 12;

/** A disturbance, by its name. */
export interface Kill {
  name: string;
  disturbance: Disturbance;
}

/** Where one disturbed run keeps what it writes. */
interface Places {
  runs: string;
  /** For its temporary files, of which none may be left. */
  temporary: string;
  env: Record<string, string>;
}

/**
 * One verify that is disturbed once, as by a person, a crash or the machine. Its folder is kept
 * only where it was told wrongly.
 */
export async function killOnce({ name, disturbance }: Kill, ground: Ground): Promise<KillRun> {
  const at = new Date();
  const began = performance.now();
  const { dir, draw } = ground;
  const { seen, failed } = await disturbed(disturbance, ground);
  const outcome = worthOf(disturbance, seen);
  const isHarmless = outcome === 'right' || outcome === 'missed';
  if (isHarmless) await rm(dir, { recursive: true, force: true });
  return {
    ...{ at: at.toISOString(), kill: name, afterMs: Math.round(draw.afterMs) },
    ...{ hit: seen.hit, outcome, exitCode: seen.exitCode },
    seconds: (performance.now() - began) / 1_000,
    detail: isHarmless ? [] : [...seen.left, ...failed, ...lastOf(seen.output)],
  };
}

async function disturbed(
  { prepare }: Disturbance,
  ground: Ground,
): Promise<{ seen: SeenOfKill; failed: string[] }> {
  await using prepared = await prepare(ground);
  const places = await placesIn(ground.dir, prepared);
  const { runs } = places;
  const ended = await endOf(prepared, places, ground);
  await prepared.relieve?.();
  const began = await hasBegun(runs);
  const left = await leftOf(places.runs, places.temporary, ground.signal, () =>
    gtv(['down'], places),
  );
  const judgement = await judgementIn(runs);
  const judged = judgement ? ((await gtv(['judge'], places)).exitCode ?? null) : null;
  const failed = judgement ? foundIn(judgement, 'fail') : [];
  return { seen: { ...ended, left, began, judged, failed: failed.length }, failed };
}

async function placesIn(dir: string, { runs, env }: Prepared): Promise<Places> {
  const temporary = join(dir, 'tmp');
  await mkdir(temporary);
  return {
    runs: runs ?? join(dir, 'runs'),
    temporary,
    env: { TMPDIR: temporary, ...env },
  };
}

/** Runs it, disturbs it once, and waits for its end. */
async function endOf(
  { done, strike }: Prepared,
  places: Places,
  { draw, signal }: Ground,
): Promise<Pick<SeenOfKill, 'hit' | 'exitCode' | 'output'>> {
  const verify = gtv(['verify', '--runtime', 'native'], places);
  const ended = verify.then(({ exitCode, all }) => ({ exitCode: exitCode ?? null, output: all }));
  const stop = (): void => void verify.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const isOver = await Promise.race([
      sleepFor(draw.afterMs, signal).then(() => false),
      ended.then(() => true),
    ]);
    const hit = done ?? (isOver ? null : ((await strike?.(verify.pid ?? 0)) ?? null));
    return { hit, ...(await ended) };
  } finally {
    // Also when this was interrupted: what it was disturbed with is taken away only then.
    await ended;
    signal.removeEventListener('abort', stop);
  }
}

function gtv(args: string[], { runs, env }: Places) {
  return execa(process.execPath, [join(PROJECT_DIR, 'scripts', 'gtv.js'), ...args], {
    ...{ cwd: PROJECT_DIR, reject: false, all: true, stdin: 'ignore' },
    env: { NO_COLOR: '1', GTV_RUNS: runs, ...env },
  });
}

async function hasBegun(runs: string): Promise<boolean> {
  const paths = await readdir(runs, { recursive: true }).catch(() => []);
  return paths.some((path) => path.endsWith('logs/prometheus.log'));
}

function lastOf(output: string): string[] {
  return output.split('\n').slice(-LAST_LINES);
}
