import type { Mutant, TreeEdit } from '../model/mutation.ts';
import type { Value } from '../stack/source/value.ts';
import { stretchOf } from './places.ts';

/** One mistake in a configuration file: what it is in, what stood there and stands there now. */
export interface Mistake {
  operator: string;
  value: Value;
  was: string;
  becomes: string;
  edits: TreeEdit[];
}

/**
 * The mutant of a mistake in a configuration file.
 * @param where what in the file tells it from the same mistake elsewhere
 */
export function configurationMutant(
  kind: 'routing' | 'message' | 'scraping' | 'dashboard',
  subject: string,
  where: string,
  { operator, value, was, becomes, edits }: Mistake,
): Mutant {
  const { path: file } = value.file;
  return {
    ...{ id: [kind, file, where, operator, becomes].join('/'), kind, operator, subject },
    at: stretchOf(value.isMap || value.isList ? value.head : value.place),
    ...{ was, becomes, changes: [{ file, edits }] },
  };
}
