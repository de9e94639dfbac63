import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../lib/processes.ts';
import { runsDir } from './paths.ts';

/** Folders of the stacks that `npm run up` keeps up now, the newest first. */
export async function liveRuns(): Promise<string[]> {
  const names = await readdir(runsDir()).catch(() => []);
  const dirs = await Promise.all(
    names
      .sort()
      .reverse()
      .map(async (name) => {
        const dir = join(runsDir(), name);
        const { live, pid } = await commandOf(dir);
        return live === true && pid !== undefined && isAlive(pid) ? [dir] : [];
      }),
  );
  return dirs.flat();
}

/** What a run was started with; nothing where that was never written to the end. */
async function commandOf(dir: string): Promise<{ live?: boolean; pid?: number }> {
  try {
    const text = await readFile(join(dir, 'command.json'), 'utf8');
    return JSON.parse(text) as { live?: boolean; pid?: number };
  } catch {
    return {};
  }
}
