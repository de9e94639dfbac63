import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Output } from './output.ts';
import { runsDir } from './paths.ts';

/** Parts of a run's folder that only a living run needs. */
const SCRATCH = ['data', 'host', 'tls', 'stack/alertmanager/secrets'];

/**
 * Removes what killed runs left: their processes and mounts died with them, so only scratch files in run folders remain.
 * A run whose harness still lives is not touched. Returns the run folders that were cleaned.
 */
export async function removeLeftovers(): Promise<string[]> {
  const cleaned: string[] = [];
  for (const name of await readdir(runsDir()).catch(() => [])) {
    const dir = join(runsDir(), name);
    const command = await readFile(join(dir, 'command.json'), 'utf8').catch(() => undefined);
    if (command === undefined || isAlive((JSON.parse(command) as { pid: number }).pid)) continue;
    const present = await readdir(dir);
    const left = SCRATCH.filter((path) => present.includes(path.split('/')[0] ?? ''));
    const before = present.length;
    await Promise.all(left.map((path) => rm(join(dir, path), { recursive: true, force: true })));
    if ((await readdir(dir)).length < before) cleaned.push(dir);
  }
  return cleaned;
}

/** `npm run down`: the same by hand, with a word about what was found. */
export async function down(output: Output): Promise<0> {
  const cleaned = await removeLeftovers();
  output.print(cleaned.length === 0 ? `Nothing was left behind in ${runsDir()}.` : `Removed what killed runs had left in:\n${cleaned.map((dir) => `  ${dir}`).join('\n')}`);
  return 0;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
