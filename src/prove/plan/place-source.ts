import type { SourceRef } from '../../model/source.ts';
import type { Place } from '../../stack/source/value.ts';

/** File, line and column of a place. */
export function sourceOf(place: Place): SourceRef {
  return { file: place.file.path, ...place.file.position(place.from) };
}
