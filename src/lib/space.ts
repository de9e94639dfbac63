import { statfs } from 'node:fs/promises';
import { HarnessError } from './errors.ts';

/** What a run writes at most, with room: databases, logs, Prometheus's write-ahead log. */
export const RUN_NEEDS_BYTES = 400 * 1024 * 1024;
/** What to do about a container engine's disk. */
export const ENGINE_ROOM = 'Make room there: `docker system df` lists what takes it.';

/** What to do about the disk that keeps the runs. */
export const RUNS_ROOM = 'Make room, or set GTV_RUNS to a folder on a larger disk.';

/**
 * What ended a run, in words where it was a disk without room, else the error itself.
 * @param error of something that nobody waited for
 * @param disk the run's folder; of a run in containers, the engine's disk
 */
export function diskFullOr(
  error: NodeJS.ErrnoException,
  disk: { runDir: string } | 'engine',
): Error {
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return error;
  const [where, advice] =
    disk === 'engine'
      ? ["the container engine's disk", ENGINE_ROOM]
      : [`the disk of ${disk.runDir}`, RUNS_ROOM];
  return new HarnessError(`no space is left on ${where}`, advice, { cause: error });
}

/** Somebody who writes, and how much. */
export interface Needs {
  who: string;
  bytes: number;
}

/**
 * Checks that what is written fits onto the disk of a folder, before anything is done there.
 * @param where the disk, as a person would say it
 * @param needs a run's, unless given
 * @throws HarnessError with the figures
 */
export async function requireSpace(
  dir: string,
  where: string,
  advice: string,
  { who, bytes }: Needs = { who: 'a run', bytes: RUN_NEEDS_BYTES },
): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  const megabytes = (size: number): number => Math.floor(size / 1024 / 1024);
  if (bavail * bsize < bytes)
    throw new HarnessError(
      `${where} has ${megabytes(bavail * bsize)} MB left, and ${who} needs up to ${megabytes(bytes)} MB`,
      advice,
    );
}
