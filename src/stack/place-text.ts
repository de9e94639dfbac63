import type { Place } from './source/value.ts';

/** A place as people and editors take it: `file:line`. */
export function placeText({ file, from }: Place): string {
  return `${file.path}:${file.position(from).line}`;
}
