import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { lifeOf, markOf } from '../lib/process-mark.ts';
import { requireSpace } from '../lib/space.ts';
import { unwritable } from '../lib/unwritable.ts';
import { putAside, removeFormer } from './former.ts';
import { withLock } from './lock.ts';
import { diskFull, isFullDisk } from './processes.ts';

const ELSEWHERE = 'Make room there, or name a folder on a larger disk in GTV_CACHE.';

/** A part of the cache: a folder that is there as a whole or not at all. */
export interface Place {
  cacheDir: string;
  /** The folder, within `cacheDir`. */
  root: string;
  /** What it is, for messages: "the cache". */
  what: string;
  /** What it takes while it is built, at most. */
  needsBytes: number;
  onProgress: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Takes what is there, or builds it beside and puts it in place at once, so that half of it is
 * never seen.
 * @param usable what is there; undefined when there is nothing that can be used. `tell` says
 * whether it may say why
 * @param build fills the folder that it is given
 * @throws HarnessError when it can't be built; then nothing is left behind. The signal's reason
 * when aborted
 */
export async function takeOrBuild<T>(
  { cacheDir, root, what, needsBytes, onProgress, signal }: Place,
  usable: (tell: boolean) => Promise<T | undefined>,
  build: (dir: string) => Promise<T>,
): Promise<T> {
  const present = await usable(true);
  if (present) return present;
  try {
    await makeFolder(cacheDir);
    return await withLock(
      join(cacheDir, '.lock'),
      signal,
      () => onProgress('another process is building the cache: waiting for it'),
      async () => {
        // Another process may have built it while this one waited for the lock.
        const meanwhile = await usable(false);
        if (meanwhile) return meanwhile;
        await removeAbandoned(cacheDir);
        await removeFormer(cacheDir, root);
        // On a full disk apt waits without end, and says nothing.
        await requireSpace(cacheDir, cacheDir, ELSEWHERE, { who: what, bytes: needsBytes });
        const building = join(cacheDir, `.building-${markOf()}-${randomUUID()}`);
        try {
          const built = await build(building);
          await putAside(cacheDir, root);
          await rename(building, root);
          await removeFormer(cacheDir, root);
          return built;
        } finally {
          await rm(building, { recursive: true, force: true, maxRetries: 5 });
        }
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HarnessError) throw error;
    if (isFullDisk(messageOf(error))) throw diskFull(`building ${what}`);
    throw new HarnessError(
      `${what} could not be built: ${(await unwritable(error)) ?? messageOf(error)}`,
      `May ${cacheDir} be written? Else name another folder in GTV_CACHE. Then run the same command again.`,
      { cause: error },
    );
  }
}

/** Removes what processes have left that were killed while they built or waited. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const owner = /^\.(?:building|lock)-([\d.a-f]+)(?:-|$)/.exec(name)?.[1];
    // What can't be removed yet, for a dead process's child is still writing its last, is removed
    // the next time.
    if (lifeOf(owner) === 'dead')
      await rm(join(cacheDir, name), { recursive: true, force: true, maxRetries: 5 }).catch(
        () => undefined,
      );
  }
}
