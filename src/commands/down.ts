import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../lib/processes.ts';
import { removeScratch } from '../lib/scratch.ts';
import { removeTemporaries } from '../lib/temporary.ts';
import { unlessAborted } from '../lib/wait.ts';
import { connectEngine } from '../container-engine/engine.ts';
import { removeDeadRuns } from '../runtimes/docker/leftovers.ts';
import { askLive } from '../run/live/client.ts';
import { liveRuns } from './live-runs.ts';
import type { Output } from './output.ts';
import { runsDir } from './paths.ts';

/**
 * Removes what killed runs left: their processes and mounts died with them, so only scratch files
 * in run folders and temporary folders remain. What belongs to a harness that still lives is not
 * touched. Returns the folders that were cleaned.
 */
export async function removeLeftovers(): Promise<string[]> {
  const cleaned = await removeTemporaries();
  for (const name of await readdir(runsDir()).catch(() => [])) {
    const dir = join(runsDir(), name);
    const command = await readFile(join(dir, 'command.json'), 'utf8').catch(() => undefined);
    const pid = command === undefined ? undefined : pidOf(command);
    if (pid === undefined || isAlive(pid)) continue;
    // A capacity run has a world for each of its dimensions.
    const worlds = (await readdir(join(dir, 'worlds')).catch(() => [])).map((world) =>
      join(dir, 'worlds', world),
    );
    for (const folder of [dir, ...worlds]) {
      const before = (await readdir(folder)).length;
      await removeScratch(folder);
      if ((await readdir(folder)).length < before) cleaned.push(folder);
    }
  }
  return cleaned;
}

/**
 * The harness's process; undefined while the mark is just being written: then the run isn't
 * touched.
 */
function pidOf(command: string): number | undefined {
  try {
    const { pid } = JSON.parse(command) as { pid?: unknown };
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What killed runs have left at the container engine, in words; undefined when nothing was, or when
 * there is no engine.
 */
async function removeFromEngine(): Promise<string | undefined> {
  const engine = await connectEngine().catch(() => undefined);
  if (!engine) return undefined;
  const { containers, networks, volumes } = await removeDeadRuns(engine.docker);
  return containers + networks + volumes === 0
    ? undefined
    : `${containers} containers, ${networks} networks and ${volumes} volumes on ${engine.text}`;
}

/**
 * `npm run down`: ends a stack that is up, and removes what killed runs left, with a word about
 * what was found.
 * @throws the signal's reason when aborted: another call removes the rest
 */
export async function down(output: Output, signal: AbortSignal): Promise<0> {
  for (const dir of await liveRuns()) {
    await askLive(dir, 'DELETE', '/', signal);
    output.print(`Ended the stack that was up in ${dir}.`);
  }
  const cleaned = [
    ...(await unlessAborted(removeLeftovers(), signal)).map((dir) => `  ${dir}`),
    ...[await unlessAborted(removeFromEngine(), signal)].flatMap((text) =>
      text === undefined ? [] : [`  ${text}`],
    ),
  ];
  output.print(
    cleaned.length === 0
      ? `Nothing was left behind in ${runsDir()}.`
      : `Removed what killed runs had left in:\n${cleaned.join('\n')}`,
  );
  return 0;
}
