import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const REASONS: Record<string, string> = {
  EROFS: 'its file system is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a file stands where a folder has to be',
  EEXIST: 'what stands there is no folder',
};

/**
 * What can't be written and why, where an error is about that; else undefined. Of a folder that is
 * made with all above it, Node says that there is none (ENOENT) where a file system is read-only:
 * the nearest folder that is there knows better. Where that may be written, its file system is one
 * that takes no folders of ours.
 */
export async function unwritable(error: unknown): Promise<string | undefined> {
  const { code = '', path, syscall } = error as NodeJS.ErrnoException;
  if (path === undefined) return undefined;
  if (code !== 'ENOENT') {
    const reason = REASONS[code];
    return reason === undefined ? undefined : `${path} can't be written: ${reason}`;
  }
  if (syscall !== 'mkdir') return undefined;
  const { folder, refused } = await nearest(resolve(path));
  const reason =
    refused === '' && folder === dirname(resolve(path))
      ? 'its file system takes no new folders'
      : REASONS[refused];
  return reason === undefined
    ? undefined
    : `${path} can't be made: ${folder} can't be written: ${reason}`;
}

/** The nearest folder above that is there, and why it isn't written; empty: it may be. */
async function nearest(path: string): Promise<{ folder: string; refused: string }> {
  const folder = dirname(path);
  const refused = await access(folder, constants.W_OK).then(
    () => '',
    (error: NodeJS.ErrnoException) => error.code ?? '',
  );
  return refused === 'ENOENT' && folder !== path ? nearest(folder) : { folder, refused };
}
