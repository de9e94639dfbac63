import { posix } from 'node:path';
import { NAMES } from '../../stack/compose/index.ts';
import type { Compose, Service } from '../../stack/compose/index.ts';
import { mergedValues } from '../../stack/compose/merged.ts';
import type { Place, Value } from '../../stack/source/value.ts';
import { subjectOf } from './services.ts';
import type { Say } from '../rule.ts';
import { isFilledIn } from '../schemas/scalars.ts';

/** A name that a service uses. */
export interface UsedName {
  text: string;
  place: Place;
}

/** Tells the names that services use and no compose file of the stack has. */
export function sayUndeclared(
  composes: Compose[],
  declared: ReadonlySet<string>,
  used: (service: Service) => UsedName[],
  say: (name: string) => string,
  tell: Say,
): void {
  const told = new Set<string>();
  // A file that Compose doesn't take by itself may be given beside one from another folder.
  const judged = wholeProjects(composes).filter(({ file }) => NAMES.includes(file.name));
  for (const service of judged.flatMap(({ services }) => services))
    for (const { text, place } of used(service)) {
      const key = `${place.file.path}:${place.from}`;
      if (declared.has(text) || isFilledIn(text) || told.has(key)) continue;
      told.add(key);
      tell(place, say(text), { subject: subjectOf(service) });
    }
}

/**
 * Names that stand under a key at the top of any compose file: one command may be given several
 * files, and nobody says here which.
 */
export function namesUnder(composes: Compose[], key: string): Set<string> {
  return new Set(
    composes
      .flatMap(({ files }) => files)
      .flatMap(({ root }) => root.get(key).entries())
      .map((entry) => entry.key),
  );
}

/** The names under a key of a service: a list of texts, of maps with a `source`, or a map. */
export function namesOf({ values }: Service, key: string): UsedName[] {
  return mergedValues(values, key).flatMap((value) => [
    ...value.entries().map((entry) => ({ text: entry.key, place: entry.value.keyPlace })),
    ...value.items().flatMap(namedBy),
  ]);
}

function namedBy(item: Value): UsedName[] {
  return (item.isMap ? item.get('source') : item)
    .texts()
    .map(({ text, value }) => ({ text, place: value.place }));
}

/**
 * Projects whose files are all here. What is only extended, or includes what lies elsewhere, may
 * use what that declares.
 */
export function wholeProjects(composes: Compose[]): Compose[] {
  return composes.filter(({ isPart, files }) => {
    const here = new Set(files.map(({ file }) => file.path));
    return (
      !isPart &&
      files.every(({ file, root, folder = posix.dirname(file.path) }) =>
        root
          .get('include')
          .items()
          .flatMap((one) => (one.isMap ? one.get('path') : one).texts())
          .every(({ text }) => here.has(posix.normalize(posix.join(folder, text)))),
      )
    );
  });
}
