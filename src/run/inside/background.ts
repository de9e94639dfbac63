import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runK6Step } from '../../k6/step.ts';
import type { RunRequest } from '../events.ts';

/** A load beside the plan's own: k6 makes itself ready at once, and begins at T0. */
export interface Background {
  /** Says when T0 is, epoch ms. */
  release: (t0: number) => void;
  /** When k6 has ended and its account is written. */
  finished: Promise<void>;
}

/** Starts the background load of a run, if it has one. A k6 that fails ends the run. */
export function startBackground(
  { background, k6, projectDir, runDir }: RunRequest,
  signal: AbortSignal,
  crash: AbortController,
): Background {
  let release: (t0: number) => void = () => undefined;
  if (!background) return { release, finished: Promise.resolve() };
  const beginAt = new Promise<number>((resolve) => (release = resolve));
  const finished = runK6Step(background, {
    k6,
    projectDir,
    dir: runDir,
    id: 'background',
    signal,
    beginAt,
    onStart: () => undefined,
    onMeasured: () => undefined,
  }).then(async ({ account }) => {
    await writeFile(join(runDir, 'background.json'), JSON.stringify(account));
  });
  finished.catch((error: unknown) => crash.abort(error));
  return { release, finished };
}
