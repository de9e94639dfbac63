import { randomUUID } from 'node:crypto';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

// A part of the cache that is built anew while a run has the former one mounted: the run goes on
// with the files that it began with, and whoever comes after it removes them.

const FORMER = '.former-';

/** Makes room for a new folder; the former one is only put aside. Nothing there is fine too. */
export async function putAside(cacheDir: string, root: string): Promise<void> {
  const aside = join(cacheDir, `${FORMER}${basename(root)}-${randomUUID()}`);
  await rename(root, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Removes what was put aside, unless some process may have it mounted. */
export async function removeFormer(cacheDir: string, root: string): Promise<void> {
  const own = `${FORMER}${basename(root)}-`;
  const former = (await readdir(cacheDir)).filter((name) => name.startsWith(own));
  if (former.length === 0 || (await isMounted(root))) return;
  for (const name of former) await rm(join(cacheDir, name), { recursive: true, force: true });
}

/**
 * Whether the mounts of any process name the folder. A mount keeps the name that it was made with
 * (proc(5), mountinfo), so the former folder and the new one can't be told apart.
 */
async function isMounted(root: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const mounts = await Promise.all(
    // Of somebody else's process, or of one that has ended, nothing is known.
    pids.map((pid) => readFile(join('/proc', pid, 'mountinfo'), 'utf8').catch(() => '')),
  );
  return mounts.some((text) => text.includes(basename(root)));
}
