import { mkdir, statfs } from 'node:fs/promises';
import { HarnessError } from '../lib/errors.ts';

/** What a run writes at most, with room: databases, logs, Prometheus's write-ahead log. */
const NEEDED_BYTES = 400 * 1024 * 1024;

/**
 * Makes the folder for runs and checks that a run fits into it, before anything is started.
 * @throws HarnessError with the figures
 */
export async function checkSpace(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { bavail, bsize } = await statfs(dir);
  const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);
  if (bavail * bsize < NEEDED_BYTES) throw new HarnessError(`${dir} has ${megabytes(bavail * bsize)} MB left, and a run needs up to ${megabytes(NEEDED_BYTES)} MB`, 'Make room, or set GTV_RUNS to a folder on a larger disk.');
}
