import { matchesGlob } from '../../lib/glob.ts';
import type { Stack } from '../../stack/index.ts';
import { plainOf } from './plain.ts';

/** A file of targets, as `file_sd_configs` reads it. */
export interface SdFile {
  path: string;
  groups: unknown;
}

/** Files of the stack's folder that hold a list of targets. */
export function sdFilesOf(stack: Pick<Stack, 'files'>): SdFile[] {
  return stack.files
    .filter(({ root }) => root.isList && root.items().some((item) => item.get('targets').isList))
    .map(({ path, root }) => ({ path, groups: plainOf(root) }));
}

/**
 * Whether a file of the folder may be meant by a pattern: where it lies in production nobody knows,
 * so its name decides.
 */
export function nameMatches(pattern: string, path: string): boolean {
  const [name = '', fileName = ''] = [pattern, path].map((text) => text.split('/').at(-1));
  return matchesGlob(fileName, name);
}
