import { statfs } from 'node:fs/promises';
import { HarnessError } from './errors.ts';

/** What a run writes at most, with room: databases, logs, Prometheus's write-ahead log. */
export const RUN_NEEDS_BYTES = 400 * 1024 * 1024;
/** What to do about a container engine's disk. */
export const ENGINE_ROOM = 'Make room there: `docker system df` lists what takes it.';

/**
 * Checks that a run fits onto the disk of a folder, before anything is done there.
 * @param where the disk, as a person would say it
 * @throws HarnessError with the figures
 */
export async function requireSpace(dir: string, where: string, advice: string): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const megabytes = (bytes: number): number => Math.floor(bytes / 1024 / 1024);
  if (bavail * bsize < RUN_NEEDS_BYTES)
    throw new HarnessError(
      `${where} has ${megabytes(bavail * bsize)} MB left, and a run needs up to ${megabytes(RUN_NEEDS_BYTES)} MB`,
      advice,
    );
}
