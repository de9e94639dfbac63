import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Judgement } from '../../src/model/verdict.ts';
import { PROJECT_DIR } from '../../src/commands/paths.ts';
import { foundIn, outcomeOf } from './record.ts';
import type { Findings, SoakRun } from './record.ts';
import type { Strain } from './strains.ts';

/** What one run of a soak is. */
export interface SoakTask {
  strain: string;
  /** A stack with a fault, and what has to be told of it; null: the project's own, whole. */
  planted: { name: string; stack: string; findings: Findings } | null;
}

/**
 * One verify under a strain, as a person would start it. Its folder is kept only where it wasn't
 * right.
 * @param dir an empty folder for it
 */
export async function soakOnce(
  { strain, planted }: SoakTask,
  { begin }: Strain,
  dir: string,
  signal: AbortSignal,
): Promise<SoakRun> {
  const at = new Date();
  const began = performance.now();
  const args = ['scripts/gtv.js', 'verify', '--quiet', '--runtime', 'native'];
  const verify = execa(
    process.execPath,
    [...args, ...(planted ? ['--stack', planted.stack] : [])],
    {
      cwd: PROJECT_DIR,
      reject: false,
      stdio: 'ignore',
      env: { GTV_RUNS: join(dir, 'runs') },
    },
  );
  const stop = (): void => void verify.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  const { exitCode } = await (async () => {
    await using straining = begin(verify.pid ?? 0, dir);
    void straining;
    // Without `await` the strain would be over before the run has begun.
    return await verify;
  })();
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  const judgement = await judgementIn(join(dir, 'runs'));
  const outcome = outcomeOf(judgement, planted?.findings ?? {});
  // What was wrong is kept, to be looked at.
  for (const done of outcome === 'right' ? [dir, ...(planted ? [planted.stack] : [])] : [])
    await rm(done, { recursive: true, force: true });
  return {
    at: at.toISOString(),
    strain,
    planted: planted?.name ?? null,
    outcome,
    exitCode: exitCode ?? -1,
    seconds: (performance.now() - began) / 1000,
    speed: judgement?.speed ?? null,
    findings: judgement
      ? [...foundIn(judgement, 'fail'), ...foundIn(judgement, 'inconclusive')]
      : [],
  };
}

/** The judgement of the only run in a runs folder; undefined where it came to none. */
export async function judgementIn(runsDir: string): Promise<Judgement | undefined> {
  const [name] = await readdir(runsDir).catch(() => []);
  if (name === undefined) return undefined;
  const text = await readFile(join(runsDir, name, 'report.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Judgement);
}
