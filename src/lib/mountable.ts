import { HarnessError } from './errors.ts';

/** What the options of an overlay mount take for the end of a path, or for half a character. */
const NOT_NAMEABLE = /[:,\\]/;

/**
 * Checks that a folder can be laid over another one, before anything is done in it.
 * @param what the folder, as a person would say it
 * @param advice what to do instead
 * @throws HarnessError when its path has a character that an overlay mount can't name
 */
export function requireMountable(dir: string, what: string, advice: string): void {
  if (!NOT_NAMEABLE.test(dir)) return;
  throw new HarnessError(
    `${what} ${dir} has a colon, comma or backslash in its path, which an overlay mount can't name`,
    advice,
  );
}
