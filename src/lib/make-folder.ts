import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder with all above it, one level at a time. Node's recursive `mkdir` tries for ever
 * where a file system says ENOENT below a folder that is there, as /proc does.
 * @throws the system's own error, with the path of the level that can't be made
 */
export async function makeFolder(path: string): Promise<void> {
  const dir = resolve(path);
  if (await isFolder(dir)) return;
  if (dirname(dir) !== dir) await makeFolder(dirname(dir));
  try {
    await mkdir(dir);
  } catch (error) {
    // Somebody else has made it meanwhile.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && (await isFolder(dir))) return;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
