import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Judgement } from '../../src/model/verdict.ts';
import { PROJECT } from './cases.ts';
import { nameOf } from '../../src/model/expectation-kinds.ts';

/**
 * Longest time a whole verify may take in a test, on a machine that others use too, and once more.
 */
export const VERIFY_MS = 1_200_000;

/** What `npm run` starts: the command line, compiled once for all tests. */
export const COMMAND_LINE = join(PROJECT, 'scripts', 'gtv.js');

/**
 * Starts the command line as a user would, with a runs folder of its own. In a pipeline too: what
 * fails here on purpose is no annotation there.
 */
export function startCli(args: string[], runsDir = newRunsDir(), env: Record<string, string> = {}) {
  return execa(process.execPath, [COMMAND_LINE, ...args], {
    cwd: PROJECT,
    reject: false,
    env: { NO_COLOR: '1', GTV_RUNS: runsDir, GITHUB_ACTIONS: '', ...env },
  });
}

/** The same, as a user whom the system doesn't know: what others may not read, they may not. */
export function startCliAsNobody(args: string[], env: Record<string, string | undefined> = {}) {
  const asNobody = ['--user', '--map-user=54321', '--map-group=54321'];
  return execa('unshare', [...asNobody, process.execPath, COMMAND_LINE, ...args], {
    cwd: PROJECT,
    reject: false,
    env: { NO_COLOR: '1', GITHUB_ACTIONS: '', ...env },
  });
}

/** For a `down` that leaves alone what runs in containers, which others test, have left. */
export const NO_ENGINE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

/** An empty folder for runs. */
export function newRunsDir(): string {
  return mkdtempSync(join(tmpdir(), 'gtv-runs-'));
}

/** The only run in a runs folder. */
export function onlyRun(runsDir: string): string {
  const names = readdirSync(runsDir);
  if (names.length !== 1) throw new Error(`${names.length} runs in ${runsDir}`);
  return join(runsDir, names[0] ?? '');
}

/** `report.json` of a finished run. */
export function reportOf(runDir: string): Judgement {
  return JSON.parse(readFileSync(join(runDir, 'report.json'), 'utf8')) as Judgement;
}

/** A finished verify: its exit code, what it printed, its run folder and report. */
export interface Verified {
  exitCode: number | undefined;
  output: string;
  runDir: string;
  report: Judgement;
}

/**
 * A whole verify. A run in which something couldn't be judged says nothing about the code: it is
 * done once more, and said so. A failure is never repeated.
 */
export async function verify(args: string[]): Promise<Verified> {
  for (let attempt = 1; ; attempt++) {
    const runsDir = newRunsDir();
    const result = await startCli(['verify', '--quiet', ...args], runsDir);
    const runDir = onlyRun(runsDir);
    const report = reportOf(runDir);
    const doubted = report.verdicts.filter((v) => v.outcome === 'inconclusive');
    if (doubted.length === 0 || attempt === 2)
      return { exitCode: result.exitCode, output: result.stdout + result.stderr, runDir, report };
    process.stderr.write(
      `inconclusive, once more: ${doubted.map((v) => `${nameOf(v.expectation)}: ${v.finding?.likelyCause ?? ''}`).join('; ')}\n`,
    );
  }
}
