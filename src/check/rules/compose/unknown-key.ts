import { nearest } from '../../../lib/nearest.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';
import { PROJECT_KEYS, SERVICE_KEYS } from '../../schemas/compose-keys.ts';
import { isFilledIn } from '../../schemas/scalars.ts';

export const unknownComposeKey: Rule = {
  id: 'compose/unknown-key',
  level: 'error',
  title: 'A key that Compose does not know',
  why: 'Compose refuses the file: nothing is started.',
  mend: 'Correct the key; one of your own begins with `x-`.',
  check: ({ composes }, say) => {
    const roots = new Set(composes.flatMap(({ files }) => files.map(({ root }) => root.node)));
    for (const { root } of composes.flatMap(({ files }) => files)) {
      // A file may be a part of several projects.
      if (!roots.delete(root.node) || isOthers(root)) continue;
      const services = root.get('services').entries();
      const found = [
        ...misspelt(root, PROJECT_KEYS),
        ...services.flatMap(({ value }) => misspelt(value, SERVICE_KEYS)),
      ];
      const told = new Set<number>();
      for (const { key, meant, value } of found) {
        // What is shared by an alias stands in one place.
        if (told.has(value.keyPlace.from)) continue;
        told.add(value.keyPlace.from);
        say(value.keyPlace, `there is no key \`${key}\` here; is \`${meant}\` meant?`);
      }
    }
  },
};

/** A key that isn't known, with the one that is near it; of others newer versions may know more. */
function misspelt(holder: Value, known: string[]): { key: string; meant: string; value: Value }[] {
  return holder.entries().flatMap(({ key, value }) => {
    if (known.includes(key) || key.startsWith('x-') || isFilledIn(key)) return [];
    const meant = nearest(key, known);
    return meant === undefined ? [] : [{ key, meant, value }];
  });
}

/** Other programs have files with services of their own beside their steps (Woodpecker CI). */
function isOthers(root: Value): boolean {
  return root
    .entries()
    .some(
      ({ key }) =>
        !PROJECT_KEYS.includes(key) &&
        !key.startsWith('x-') &&
        nearest(key, PROJECT_KEYS) === undefined,
    );
}
