import { mkdir } from 'node:fs/promises';
import { requireSpace } from '../lib/space.ts';

/**
 * Makes the folder for runs and checks that a run fits into it, before anything is started.
 * @throws HarnessError with the figures
 */
export async function checkSpace(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  await requireSpace(dir, dir, 'Make room, or set GTV_RUNS to a folder on a larger disk.');
}
