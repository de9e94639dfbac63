import { makeFolder } from '../lib/make-folder.ts';
import { requireMountable } from '../lib/mountable.ts';
import { RUNS_ROOM, requireSpace } from '../lib/space.ts';

/**
 * Makes the folder for runs and checks that a run fits into it, before anything is started.
 * @throws HarnessError with the figures
 */
export async function checkSpace(dir: string): Promise<void> {
  await makeFolder(dir);
  await requireSpace(dir, dir, RUNS_ROOM);
}

/**
 * Checks that what a run keeps in a folder can be shown inside its own world.
 * @throws HarnessError when an overlay mount can't name the folder
 */
export function checkMountable(dir: string): void {
  requireMountable(
    dir,
    'the folder for runs',
    'Work in another folder, or name one in GTV_RUNS whose path has none of these.',
  );
}
