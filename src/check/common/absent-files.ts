import { posix } from 'node:path';
import { hasWildcard, matchesGlob } from '../../lib/glob.ts';
import type { Stack } from '../../stack/index.ts';
import { placesInStack } from '../../stack/mounts.ts';
import type { SourceFile } from '../../stack/source/source-file.ts';

/** Where secrets lie, which are never in the repository. */
export const SECRET = /(^|\/)secrets?(\/|$)/;

/** What lies in an Ansible role is put beside what its tasks and templates make. */
const IN_ROLE = /(^|\/)roles\/[^/]+\/(files|templates)\//;

/** What a script fills in, or people copy, to make the file without this ending. */
const MADE_OF = [
  '.j2',
  '.jinja2',
  '.tmpl',
  '.tpl',
  '.template',
  '.in',
  '.dist',
  '.example',
  '.sample',
];

/** Whether a file is made of a template that lies here. */
function isMadeOf({ files, stackPath }: Stack, place: string): boolean {
  const name = posix.basename(place);
  return (
    MADE_OF.some((ending) => stackPath(place + ending) === 'file') ||
    files.some((file) => file.name === `${name}.j2`)
  );
}

/**
 * Whether a path of a container may be that of a file which lies here: an image of one's own is
 * built with it, wherever that puts it.
 */
function liesElsewhere({ composes, files }: Stack, path: string): boolean {
  const isMounted = composes
    .flatMap((one) => one.services)
    .flatMap((service) => service.mounts)
    .some(({ target }) => path.startsWith(`${target.replace(/\/$/, '')}/`) || path === target);
  return (
    path.startsWith('/') &&
    !hasWildcard(path) &&
    !isMounted &&
    files.some(({ name }) => name === posix.basename(path))
  );
}

/** Whether nothing is where a path, or what matches a pattern, could be. */
export function isAbsent(
  stack: Stack,
  from: SourceFile,
  folder: string | undefined,
  pattern: string,
): boolean {
  if (IN_ROLE.test(from.path) || liesElsewhere(stack, pattern)) return false;
  const places = placesInStack(stack.composes, from, folder, pattern);
  return (
    places.length > 0 &&
    places.every((place) => {
      if (SECRET.test(place) || isMadeOf(stack, place)) return false;
      if (!hasWildcard(place)) return stack.stackPath(place) === 'absent';
      // Only files of these endings are read.
      return (
        /\.(ya?ml|rules?|json|tmpl|\*)$/.test(place) &&
        stack.stackPath(posix.dirname(place)) !== 'unknown' &&
        !stack.files.some((file) => matchesGlob(file.path, place) || mayHold(file, place))
      );
    })
  );
}

/** Whether files that a pattern names may lie in a folder that the system refuses to list. */
function mayHold({ path, unseen }: SourceFile, pattern: string): boolean {
  if (unseen !== 'refused' || !path.endsWith('/')) return false;
  const folder = path.slice(0, -1);
  const above = pattern.split('/').slice(0, -1);
  return matchesGlob(folder, above.slice(0, folder.split('/').length).join('/'));
}
