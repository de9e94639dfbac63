import { lstatSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from './errors.ts';
import { isAlive } from './processes.ts';
import { unwritable } from './unwritable.ts';

/** The number in the middle is the process that made it. */
const OURS = /^gtv-[a-z]+-(\d+)-\w{6}$/;

/**
 * Makes a temporary folder whose name says whose it is, so that it can be removed when that process
 * was killed.
 * @param name what for, a word
 * @throws HarnessError when none can be made there: why, and what to do; a full disk's own error
 */
export async function makeTemporary(name: string): Promise<string> {
  const parent = tmpdir();
  try {
    return await mkdtemp(join(parent, `gtv-${name}-${process.pid}-`));
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

/** Removes the temporary folders of this user's whose process is gone. @returns their paths */
export async function removeTemporaries(): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = OURS.exec(name)?.[1];
    const path = join(tmpdir(), name);
    if (pid === undefined || isAlive(Number(pid)) || !isOwn(path)) continue;
    if (await isRemoved(path)) removed.push(path);
  }
  return removed;
}

/**
 * Removes a folder. What a killed process had started may write to it for a moment longer; who goes
 * on with it keeps it until somebody removes such folders again.
 */
async function isRemoved(path: string): Promise<boolean> {
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTEMPTY') return false;
    throw error;
  }
}

function isOwn(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.();
}
