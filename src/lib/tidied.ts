import { messageOf } from './errors.ts';
import { unwritable } from './unwritable.ts';

/**
 * What was found where killed processes leave things. What can't be removed is no reason to fail:
 * it may be somebody else's.
 */
export interface Tidied {
  /** Paths that were removed or emptied. */
  removed: string[];
  /** A line for each that is still there, with the reason. */
  kept: string[];
}

/** Why something is still there, as a line. */
export async function whyKept(path: string, error: unknown): Promise<string> {
  return `${path}: ${(await unwritable(error)) ?? messageOf(error)}`;
}
