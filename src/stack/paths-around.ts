import { readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { leadsOut } from './folder.ts';
import type { SecretFile, StackOptions } from './index.ts';
import { remotesOf, repositoryOf } from './repository.ts';
import type { Reader } from './secrets.ts';

/** A secret is a word or a few lines. */
const LARGEST_BYTES = 64 * 1024;

/** What paths of the stack and of the repository around it are. */
export function pathsAround(
  dir: string,
): Required<Pick<StackOptions, 'stackPath' | 'repositoryPath' | 'remotes' | 'secretFile'>> {
  const repository = repositoryOf(dir);
  const kind = (base: string, path: string) => {
    const full = resolve(base, path);
    if (relative(base, full).startsWith('..')) return 'unknown' as const;
    const found = statSync(full, { throwIfNoEntry: false });
    return found === undefined
      ? ('absent' as const)
      : found.isDirectory()
        ? ('folder' as const)
        : ('file' as const);
  };
  const safe = (base: string) => (path: string) => {
    try {
      return kind(base, path);
    } catch {
      return 'unknown' as const;
    }
  };
  return {
    secretFile: (path) => secretFileAt(dir, path),
    stackPath: safe(dir),
    repositoryPath: repository === undefined ? () => 'unknown' as const : safe(repository),
    remotes: repository === undefined ? [] : remotesOf(repository),
  };
}

/**
 * A file that is mounted with what it has on the host: its owner, its mode. Nothing outside of the
 * stack's folder.
 */
function secretFileAt(dir: string, path: string): SecretFile | undefined {
  try {
    // A link may lead anywhere: only what lies in the folder itself is looked into.
    const full = realpathSync(resolve(dir, path));
    if (leadsOut(realpathSync(dir), full)) return undefined;
    const found = statSync(full, { throwIfNoEntry: false });
    if (found?.isFile() !== true) return undefined;
    return { readableBy: (reader) => mayRead(found, reader), text: textOf(full, found.size) };
  } catch {
    return undefined;
  }
}

/**
 * What owner, group and mode of a file let a user do (man 7 path_resolution); root reads anything.
 */
export function mayRead(
  { uid, gid, mode }: { uid: number; gid: number; mode: number },
  reader: Reader,
): boolean {
  if (reader.uid === 0) return true;
  if (uid === reader.uid) return (mode & 0o400) !== 0;
  return (mode & (gid === reader.gid ? 0o040 : 0o004)) !== 0;
}

function textOf(path: string, bytes: number): string | undefined {
  try {
    return bytes > LARGEST_BYTES ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
