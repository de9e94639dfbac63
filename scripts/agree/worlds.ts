import { groupBy } from '../../src/lib/group-by.ts';
import { seededRandom } from '../../src/lib/random.ts';
import type { Change } from '../../src/model/mutation.ts';
import type { Judged } from './judged.ts';

/**
 * So many across all kinds, of each about equally many, and of each kind across all that it is in;
 * the same for the same seed.
 */
export function drawn(all: readonly Judged[], count: number, seed: number): Judged[] {
  const random = seededRandom(seed);
  const shuffled = all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
  const kinds = [...groupBy(shuffled, kindOf).values()].map((own) =>
    inTurns([...groupBy(own, ({ mutant }) => mutant.subject).values()]),
  );
  return inTurns(kinds).slice(0, count);
}

/** The first of each list, then the second of each, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, i) => lists.flatMap((own) => own[i] ?? [])).flat();
}

/** The kind of a mutant; queries of panels and how panels look are two. */
export function kindOf({ mutant }: Judged): string {
  return 'written' in mutant ? 'query' : mutant.kind;
}

/** Alerts on which others depend: a mistake in one of them is seen everywhere. */
const EVERYBODYS = new Set(['alert ServiceDown', 'alert Watchdog']);
/** What is looked at by itself, whatever happens to the others. */
const BY_ITSELF = /^(alert|panel|variable) /;

/**
 * Mutants that don't touch each other share a world. Those that evidence says nobody would notice
 * are all in one, in which nothing may be noticed.
 */
export function worldsOf(judged: readonly Judged[]): Judged[][] {
  const worlds = new Map<string, Judged[][]>();
  for (const one of judged) {
    const group = groupOf(one);
    const own = worlds.get(group) ?? [];
    worlds.set(group, own);
    const world = own.find((others) => others.every((other) => areApart(one, other)));
    if (world) world.push(one);
    else own.push([one]);
  }
  return [...worlds.values()].flat();
}

/** Mistakes of different groups would be seen in each other's place. */
function groupOf({ mutant, fate }: Judged): string {
  const { kind, subject, id } = mutant;
  if (fate !== 'killed') return 'unnoticed';
  if (kind !== 'rule' && kind !== 'dashboard') return kind;
  return BY_ITSELF.test(subject) && !EVERYBODYS.has(subject) ? 'by itself' : id;
}

/** Whether what is told of the one can't be about the other. */
function areApart(one: Judged, other: Judged): boolean {
  const [a, b] = [one.mutant, other.mutant];
  if (a.subject === b.subject || listsIn(one).some((list) => listsIn(other).includes(list)))
    return false;
  if (one.fate !== 'killed') return true;
  // Of several panels that ask the same data source in vain one is told.
  const isAlike = a.operator === b.operator && a.becomes === b.becomes && a.becomes !== '';
  return one.because !== other.because && !(isAlike && a.kind === 'dashboard');
}

/** Lists whose items change places with a mistake. */
function listsIn({ changes }: Judged): string[] {
  return changes.flatMap(({ file, edits }) =>
    edits.filter(isMoving).map(({ path }) => [file, ...path.slice(0, -1)].join('/')),
  );
}

type Edit = Change['edits'][number];

function isMoving({ path, value, insert }: Edit): boolean {
  return (value === undefined || insert === true) && typeof path.at(-1) === 'number';
}

/** The changes of all mutants of a world, so that none moves what another means. */
export function changesOf(world: readonly Judged[]): Change[] {
  return world.flatMap(({ changes }) => changes).sort((a, b) => placeOf(b) - placeOf(a));
}

/**
 * Where lists or texts get longer or shorter: the last first, and after all that only changes a
 * value.
 */
function placeOf({ edits, splice }: Change): number {
  if (splice) return splice.from;
  const moving = edits.filter(isMoving);
  return moving.length === 0
    ? Infinity
    : Math.max(...moving.map(({ path }) => Number(path.at(-1))));
}
