import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lifeOf } from '../lib/process-mark.ts';
import { runsDir } from './paths.ts';
import { runOwnerOf } from './run-owner.ts';

/** A stack that is up, or just starting. */
export interface LiveRun {
  /** Absolute. */
  runDir: string;
  /** Mark of the process that keeps it up. */
  process: string;
}

/** The stacks that `npm run up` keeps up now, the newest first. */
export async function liveRuns(): Promise<LiveRun[]> {
  const names = await readdir(runsDir()).catch(() => []);
  const runs = await Promise.all(
    names
      .sort()
      .reverse()
      .map(async (name) => {
        const runDir = join(runsDir(), name);
        const { live = false, process = '' } = (await runOwnerOf(runDir)) ?? {};
        return live && lifeOf(process) === 'alive' ? [{ runDir, process }] : [];
      }),
  );
  return runs.flat();
}
