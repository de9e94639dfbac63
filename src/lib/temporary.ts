import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from './errors.ts';
import { lifeOf, markOf } from './process-mark.ts';
import { whyKept } from './tidied.ts';
import type { Tidied } from './tidied.ts';
import { unwritable } from './unwritable.ts';
import { until } from './wait.ts';

/** In the middle is the mark of the process that made it. */
const OURS = /^gtv-[a-z]+-([\d.a-f]+)-\w{6}$/;
/** How long somebody may go on writing. */
const WRITTEN_TO_MS = 10_000;
/** Many files on a slow disk. */
const REMOVED_WITHIN_MS = 60_000;

/**
 * Makes a temporary folder whose name says whose it is, so that it can be removed when that process
 * was killed.
 * @param name what for, a word
 * @throws HarnessError when none can be made there: why, and what to do; a full disk's own error
 */
export async function makeTemporary(name: string): Promise<string> {
  const parent = tmpdir();
  try {
    return await mkdtemp(join(parent, `gtv-${name}-${markOf()}-`));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is no such folder' : await unwritable(cause);
    if (why === undefined) throw cause;
    throw new HarnessError(
      `no temporary folder can be made in ${parent}: ${why}`,
      'Make that folder and let this user write to it, or name another one in TMPDIR.',
      { cause },
    );
  }
}

/** Removes the temporary folders of this user's whose process is gone for certain. */
export async function removeTemporaries(): Promise<Tidied> {
  const tidied: Tidied = { removed: [], kept: [] };
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const path = join(tmpdir(), name);
    if (lifeOf(OURS.exec(name)?.[1]) !== 'dead' || !isOwn(path)) continue;
    try {
      await remove(path);
      tidied.removed.push(path);
    } catch (error) {
      tidied.kept.push(await whyKept(path, error));
    }
  }
  return tidied;
}

/**
 * What a killed process had started may write to it for a moment longer. @throws why it can't be
 * removed, at once for every other reason
 */
async function remove(path: string): Promise<void> {
  const refused = await until(
    () =>
      rm(path, { recursive: true, force: true }).then(
        () => null,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOTEMPTY') throw error;
          return error;
        },
      ),
    {
      what: 'nobody writes to it',
      timeoutMs: WRITTEN_TO_MS,
      attemptMs: REMOVED_WITHIN_MS,
      signal: new AbortController().signal,
    },
  );
  if (refused) throw refused;
}

function isOwn(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.();
}
