import { mkdir } from 'node:fs/promises';
import { RUNS_ROOM, requireSpace } from '../lib/space.ts';

/**
 * Makes the folder for runs and checks that a run fits into it, before anything is started.
 * @throws HarnessError with the figures
 */
export async function checkSpace(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await requireSpace(dir, dir, RUNS_ROOM);
}
