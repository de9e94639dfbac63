import { userInfo } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../lib/errors.ts';
import { PROJECT_NAME } from '../model/project-name.ts';

/**
 * `$GTV_CACHE`, else the user's cache folder. A variable that is empty is as one that isn't set.
 * @throws HarnessError where the user has no home either
 */
export function defaultCacheDir(): string {
  const known = knownCacheDir();
  if (known !== undefined) return known;
  throw new HarnessError(
    'there is no place for the cache of programs: HOME is not set, and this user has no home folder',
    'Name a folder for it in GTV_CACHE, or set HOME.',
  );
}

/** The same; undefined where the user has no home: who can do without the cache goes on. */
export function knownCacheDir(): string | undefined {
  const { GTV_CACHE: named, XDG_CACHE_HOME: caches } = process.env;
  if (named) return named;
  if (caches) return join(caches, PROJECT_NAME);
  const home = homeFolder();
  return home === undefined ? undefined : join(home, '.cache', PROJECT_NAME);
}

/** `$HOME`, else what the system's list of users says; undefined: this user isn't in it. */
function homeFolder(): string | undefined {
  try {
    return process.env['HOME'] || userInfo().homedir || undefined;
  } catch {
    return undefined;
  }
}
