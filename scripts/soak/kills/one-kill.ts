import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { PROJECT_DIR } from '../../../src/commands/paths.ts';
import { sleepUntil, until } from '../../../src/lib/wait.ts';
import { mountsNaming, processesNaming } from '../../../test/support/left-behind.ts';
import { foundIn } from '../record.ts';
import { judgementIn } from '../one-run.ts';
import { signalled } from '../stops.ts';
import { STOPPED_MS } from './kill.ts';
import type { Kill } from './kill.ts';
import { worthOf } from './record.ts';
import type { KillRun } from './record.ts';
import { componentsOf } from './victims.ts';

/** Nothing of a run may go on for longer than this after its end, ms. */
const GONE_WITHIN_MS = 60_000;
const LAST_LINES = 12;

/**
 * One verify that is disturbed once, as by a person, a crash or the machine. Its folder is kept
 * only where it wasn't right.
 * @param dir an empty folder for it
 */
export async function killOnce(kill: Kill, dir: string, signal: AbortSignal): Promise<KillRun> {
  const at = new Date();
  const runs = join(dir, 'runs');
  const verify = gtv(['verify', '--runtime', 'native'], runs);
  const ended = verify.then(({ exitCode, all }) => ({ exitCode: exitCode ?? null, output: all }));
  const over = ended.then(() => null);
  const isOver = await Promise.race([
    sleepUntil(Date.now() + kill.afterMs, signal).then(() => false),
    over,
  ]);
  const hit = isOver === false ? await disturb(kill, verify.pid ?? 0, signal) : null;
  const { exitCode, output } = await ended;
  const began = await hasBegun(runs);
  const left = await leftOf(runs, signal);
  const judgement = await judgementIn(runs);
  const judged = judgement ? ((await gtv(['judge'], runs)).exitCode ?? null) : null;
  const failed = judgement ? foundIn(judgement, 'fail') : [];
  const seen = { ...kill, hit, exitCode, output, left, began, judged, failed: failed.length };
  const outcome = worthOf(seen);
  if (outcome === 'right') await rm(dir, { recursive: true, force: true });
  return {
    ...{ at: at.toISOString(), victim: kill.victim, signal: kill.signal },
    ...{ afterMs: Math.round(kill.afterMs), hit, outcome, exitCode },
    seconds: (Date.now() - at.getTime()) / 1_000,
    detail: outcome === 'right' ? [] : [...left, ...failed, ...lastOf(output)],
  };
}

function gtv(args: string[], runs: string) {
  return execa(process.execPath, [join(PROJECT_DIR, 'scripts', 'gtv.js'), ...args], {
    ...{ cwd: PROJECT_DIR, reject: false, all: true, stdin: 'ignore' },
    env: { NO_COLOR: '1', GTV_RUNS: runs },
  });
}

/** @returns the command line that was hit; null where there was none */
async function disturb(kill: Kill, pid: number, signal: AbortSignal): Promise<string | null> {
  const components = kill.victim === 'harness' ? [] : componentsOf(pid);
  const target =
    kill.victim === 'harness'
      ? { pid, command: 'gtv verify' }
      : components[Math.floor(kill.which * components.length)];
  if (!target || !signalled(target.pid, kill.signal)) return null;
  if (kill.signal === 'SIGSTOP') {
    await sleepUntil(Date.now() + STOPPED_MS, signal);
    signalled(target.pid, 'SIGCONT');
  }
  return target.command.slice(0, 120);
}

async function hasBegun(runs: string): Promise<boolean> {
  const paths = await readdir(runs, { recursive: true }).catch(() => []);
  return paths.some((path) => path.endsWith('logs/prometheus.log'));
}

/** Processes and mounts that go on naming the runs' folder though they had time to end. */
async function leftOf(runs: string, signal: AbortSignal): Promise<string[]> {
  const left = (): string[] => [...processesNaming(runs), ...mountsNaming(runs)];
  const gone = (): Promise<true | undefined> =>
    Promise.resolve(left().length === 0 ? true : undefined);
  const wait = { what: 'nothing of the run goes on', timeoutMs: GONE_WITHIN_MS, signal };
  const isGone = await until(gone, wait).catch(() => false);
  if (!isGone) return left();
  // What was killed may have left its data: `down` finds it, and once.
  await gtv(['down'], runs);
  const data = await readdir(runs, { recursive: true }).catch(() => []);
  return data.filter((path) => /(^|\/)data$/.test(path));
}

function lastOf(output: string): string[] {
  return output.split('\n').slice(-LAST_LINES);
}
