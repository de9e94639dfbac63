import { groupBy } from '../../src/lib/group-by.ts';
import { seededRandom } from '../../src/lib/random.ts';
import type { Change, Mutant } from '../../src/model/mutation.ts';

/** What a mutant is, and what became of it by evidence. */
export interface Judged {
  mutant: Mutant;
  fate: string;
}

/** So many across all kinds, of each about equally many; the same for the same seed. */
export function drawn(all: readonly Judged[], count: number, seed: number): Judged[] {
  const random = seededRandom(seed);
  const shuffled = all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
  const kinds = [...groupBy(shuffled, ({ mutant }) => mutant.kind).values()];
  const turns = Array.from({ length: Math.max(0, ...kinds.map((own) => own.length)) });
  return turns.flatMap((_, i) => kinds.flatMap((own) => own[i] ?? [])).slice(0, count);
}

/** Alerts on which others depend: a mistake in one of them is seen everywhere. */
const EVERYBODYS = new Set(['alert ServiceDown', 'alert Watchdog']);
/** What is looked at by itself, whatever happens to the others. */
const BY_ITSELF = /^(alert|panel) /;

/**
 * Mutants that don't touch each other share a world: mistakes in different alerts and panels. All
 * others have one of their own.
 */
export function worldsOf(judged: readonly Judged[]): Judged[][] {
  const shared: Judged[][] = [];
  const alone: Judged[][] = [];
  for (const one of judged) {
    const { subject, operator, becomes } = one.mutant;
    if (!BY_ITSELF.test(subject) || EVERYBODYS.has(subject)) alone.push([one]);
    else {
      // Of several panels that ask the same data source in vain one is told.
      const isApart = ({ mutant }: Judged): boolean =>
        mutant.subject !== subject &&
        (mutant.operator !== operator || mutant.becomes !== becomes || becomes === '');
      const world = shared.find((own) => own.every(isApart));
      if (world) world.push(one);
      else shared.push([one]);
    }
  }
  return [...shared, ...alone];
}

/** The changes of all mutants of a world, so that none moves what another means. */
export function changesOf(world: readonly Judged[]): Change[] {
  return world
    .flatMap(({ mutant }) => mutant.changes ?? [])
    .sort((a, b) => placeOf(b) - placeOf(a));
}

/** Where lists get longer or shorter: the last first, and after all that only changes a value. */
function placeOf({ edits }: Change): number {
  const moving = edits.filter(({ value, insert, path }) => {
    return (value === undefined || insert === true) && typeof path.at(-1) === 'number';
  });
  return moving.length === 0
    ? Infinity
    : Math.max(...moving.map(({ path }) => Number(path.at(-1))));
}
