import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunCommand } from './new-run.ts';

/** Where the worlds that run beside a run's own are kept, in its folder. */
export const WORLDS = 'worlds';
const AGAIN = 'again-';

/** Name of the world in which something was done again for the n-th time. */
export function againName(n: number): string {
  return `${AGAIN}${n}`;
}

export function isAgain(name: string): boolean {
  return name.startsWith(AGAIN);
}

/**
 * The worlds beside a run's own: those that it set down when they began, whether they have left
 * anything or not, and those of which there is a folder; what was done again comes last.
 */
export async function worldNames(runDir: string, setDown: string[]): Promise<string[]> {
  const names = new Set([...setDown, ...(await foldersIn(join(runDir, WORLDS)))]);
  return [...names].toSorted(
    (a, b) => Number(isAgain(a)) - Number(isAgain(b)) || a.localeCompare(b),
  );
}

/** Sets down that a run has one world more. Others look into the file meanwhile: it stays whole. */
export async function noteWorld(runDir: string, name: string): Promise<void> {
  const path = join(runDir, 'command.json');
  const command = JSON.parse(await readFile(path, 'utf8')) as RunCommand;
  const worlds = [...(command.worlds ?? []), name];
  await writeFile(`${path}.new`, JSON.stringify({ ...command, worlds }));
  await rename(`${path}.new`, path);
}

/** Whatever isn't a plain file: links are followed. */
async function foldersIn(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
