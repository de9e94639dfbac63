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
        const text = await readFile(join(dir, 'command.json'), 'utf8').catch(() => '');
        const pid = Number(/"pid":(\d+)/.exec(text)?.[1] ?? 0);
        return text.includes('"live":true') && isAlive(pid) ? [dir] : [];
      }),
  );
  return dirs.flat();
}
