import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { lifeOf } from '../lib/process-mark.ts';
import { removeScratch } from '../lib/scratch.ts';
import { removeTemporaries } from '../lib/temporary.ts';
import { whyKept } from '../lib/tidied.ts';
import type { Tidied } from '../lib/tidied.ts';
import { unlessAborted } from '../lib/wait.ts';
import { connectEngine } from '../container-engine/engine.ts';
import { removeDeadRuns } from '../runtimes/docker/leftovers.ts';
import { ENDS_WITHIN_MS, endStack } from './end-stack.ts';
import { liveRuns } from './live-runs.ts';
import type { Output } from './output.ts';
import { runsDir } from './paths.ts';
import { runOwnerOf } from './run-owner.ts';

/**
 * Removes what killed runs left: their processes and mounts died with them, so only scratch files
 * in run folders and temporary folders remain. What belongs to a harness that still lives, or may
 * live where it can't be seen from here, is not touched. Never throws: a run doesn't need it.
 */
export async function removeLeftovers(): Promise<Tidied> {
  const tidied = await removeTemporaries();
  for (const name of await readdir(runsDir()).catch(() => [])) {
    const dir = join(runsDir(), name);
    if (lifeOf((await runOwnerOf(dir))?.process) !== 'dead') continue;
    // A capacity run has a world for each of its dimensions.
    const worlds = (await readdir(join(dir, 'worlds')).catch(() => [])).map((world) =>
      join(dir, 'worlds', world),
    );
    for (const folder of [dir, ...worlds]) await tidyUp(folder, tidied);
  }
  return tidied;
}

/** Removes a dead run's scratch files, and writes down what became of them. */
async function tidyUp(folder: string, { removed, kept }: Tidied): Promise<void> {
  try {
    const before = (await readdir(folder)).length;
    await removeScratch(folder);
    if ((await readdir(folder)).length < before) removed.push(folder);
  } catch (error) {
    kept.push(await whyKept(folder, error));
  }
}

/**
 * What killed runs have left at the container engine, in words; nothing when there is no engine.
 */
async function removeFromEngine(): Promise<Tidied> {
  const nothing = { removed: [], kept: [] };
  const engine = await connectEngine().catch(() => undefined);
  if (!engine) return nothing;
  try {
    const { containers, networks, volumes } = await removeDeadRuns(engine.docker);
    if (containers + networks + volumes === 0) return nothing;
    const found = `${containers} containers, ${networks} networks and ${volumes} volumes`;
    return { removed: [`${found} on ${engine.text}`], kept: [] };
  } catch (error) {
    return { removed: [], kept: [`what is on ${engine.text}: ${messageOf(error)}`] };
  }
}

/**
 * `npm run down`: ends every stack that is up or starting, and removes what killed runs left, with
 * a word about what was found.
 * @param endsWithinMs how long one stack may take to end
 * @returns 2 when a stack goes on
 * @throws the signal's reason when aborted: another call removes the rest
 */
export async function down(
  output: Output,
  signal: AbortSignal,
  endsWithinMs = ENDS_WITHIN_MS,
): Promise<0 | 2> {
  let goesOn = false;
  for (const run of await liveRuns()) {
    try {
      output.print(await endStack(run, endsWithinMs, signal));
    } catch (error) {
      signal.throwIfAborted();
      goesOn = true;
      const advice = error instanceof HarnessError ? `\n${error.advice}` : '';
      output.error(`${messageOf(error)}${advice}`);
    }
  }
  const files = await unlessAborted(removeLeftovers(), signal);
  const engine = await unlessAborted(removeFromEngine(), signal);
  tell(output, {
    removed: [...files.removed, ...engine.removed],
    kept: [...files.kept, ...engine.kept],
  });
  return goesOn ? 2 : 0;
}

function tell(output: Output, { removed, kept }: Tidied): void {
  const lines = (what: string[]): string => what.map((line) => `\n  ${line}`).join('');
  if (removed.length > 0) output.print(`Removed what killed runs had left in:${lines(removed)}`);
  if (kept.length > 0)
    output.print(
      `Some of what killed runs had left could not be removed; whoever may write there can:${lines(kept)}`,
    );
  if (removed.length + kept.length === 0) output.print(`Nothing was left behind in ${runsDir()}.`);
}
