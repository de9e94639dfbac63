import type { Call } from '../promql/ast.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';
import type { Bench } from './bench.ts';
import type { Leaf } from './leaves.ts';
import { isBinary, isCounter, isNeverBelowZero, OBSERVING } from './states.ts';
import type { LeafState, State } from './states.ts';

/** What asks when something is or was. */
const ASKS_TIME = new Set(['time', 'timestamp']);

/** One thing that can be set. */
export interface Lever {
  leaf: number;
  field: keyof LeafState;
  /** Other leaves that are moved together with it, to the same level. */
  also?: readonly number[];
  /** Whether they keep their proportion to it instead. */
  scaled?: true;
}

/** Of this many parts is a share made up. */
const FINEST = 2 ** 20;
/** Less than this a second is what binary fractions leave behind. */
const SLOWEST = 1e-9;
/** So many that one of them is a small share. */
export const MANY_COPIES = 41;
/** All that can be moved in a world. */
export function leversOn(bench: Bench): Lever[] {
  return leversOf(bench.leaves, {
    clock: bench.any((e) => e.type === 'call' && (ASKS_TIME.has(e.name) || isOfSeries(e))),
    offsets: bench.any((e) => e.type === 'modified' && e.modifier.kind === 'offset'),
  });
}

/** Whether it asks the calendar of what series say, and not of the moment. */
function isOfSeries({ name, args }: Call): boolean {
  return CALENDAR.has(name) && args.length > 0;
}

/**
 * The levers of a world, those first that are meant to be moved. @param clock whether the
 * expression asks for the time @param offsets whether it compares with the past
 */
function leversOf(
  leaves: readonly Leaf[],
  { clock, offsets }: { clock: boolean; offsets: boolean },
): Lever[] {
  const of = (leaf: Leaf): Lever['field'][] => {
    const { uses } = leaf;
    const fields: Lever['field'][] = [];
    if (uses.has('growth')) fields.push('perSecond');
    if (OBSERVING.some((use) => uses.has(use))) fields.push('share', 'perSecond');
    if (uses.has('changes')) fields.push('changes');
    if (uses.has('samples')) fields.push('missing');
    if (uses.has('moment')) fields.push('silent');
    if (uses.has('line')) fields.push('perSecond', 'value');
    if (uses.has('value')) {
      if (clock && !isBinary(leaf)) fields.push('age');
      fields.push('value');
      // Where another part of the metric grows, this part may have to fall.
      const grows = leaves.some((o) => o !== leaf && o.metric === leaf.metric && growing(o));
      if ((offsets || grows) && !isBinary(leaf)) fields.push('perSecond');
    }
    fields.push('present');
    if (leaf.aggregated) fields.push('copies', 'spread');
    // A part of several may differ from the rest.
    if (leaf.aggregated && uses.has('value')) fields.push('elsewhere');
    return [...new Set(fields)];
  };
  const all = leaves.map(of);
  const longest = Math.max(0, ...all.map((f) => f.length));
  const single = Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
    all.flatMap((fields, leaf): Lever[] => {
      const field = fields[i];
      return field ? [{ leaf, field }] : [];
    }),
  );
  // What is compared with each other is told from a number only when all of it moves.
  const values = together(leaves, 'value', (leaf) => leaf.uses.has('value') && !isBinary(leaf));
  const rates = together(leaves, 'perSecond', (leaf) => leaf.uses.has('growth'));
  return [
    ...single,
    ...values,
    ...[...values, ...rates].map((lever): Lever => ({ ...lever, scaled: true })),
  ];
}

/** A lever that moves all leaves of a kind, where there are several. */
function together(
  leaves: readonly Leaf[],
  field: Lever['field'],
  belongs: (leaf: Leaf) => boolean,
): Lever[] {
  const [leaf, ...also] = leaves.flatMap((one, i) => (belongs(one) ? [i] : []));
  return leaf === undefined || also.length === 0 ? [] : [{ leaf, field, also }];
}

function growing({ uses }: Leaf): boolean {
  return uses.has('growth') || uses.has('line');
}

/** Where a lever stands in a state: 1 and 0 for on and off, 0 for what has no level. */
export function levelOf(state: State, { leaf, field }: Lever): number {
  const value = state[leaf]?.[field];
  return typeof value === 'boolean' ? Number(value) : (value ?? 0);
}

/** The state with one lever at another level. */
export function moved(state: State, lever: Lever, level: number): State {
  const { leaf, also, scaled } = lever;
  if (scaled) return proportional(state, lever, level);
  return state.map((own, i) => (i === leaf || also?.includes(i) ? set(own, lever, level) : own));
}

/** All that a lever moves, by the same factor; from 0 there is no way by factors. */
function proportional(state: State, { leaf, field, also }: Lever, level: number): State {
  const at = levelOf(state, { leaf, field });
  if (at === 0) return state;
  return state.map((own, i) =>
    i !== leaf && !also?.includes(i)
      ? own
      : set(own, { leaf: i, field }, (levelOf(state, { leaf: i, field }) * level) / at),
  );
}

/** What is so or isn't. */
export const ON_OR_OFF: ReadonlySet<Lever['field']> = new Set(['present', 'silent']);

/** One leaf's state with a lever at another level. */
function set(own: LeafState, { field }: Lever, level: number): LeafState {
  return {
    ...own,
    // What is moved is there.
    ...(field === 'present' ? {} : { present: true }),
    [field]: ON_OR_OFF.has(field) ? level > 0 : level,
    // A value of its own is no moment, and what stands apart are two at least.
    ...(field === 'value' ? { age: undefined } : {}),
    ...(field === 'spread' ? { copies: Math.max(2, own.copies) } : {}),
    ...(field === 'elsewhere' ? { copies: Math.max(MANY_COPIES, own.copies), spread: 0 } : {}),
  };
}

/** Levels that make sense for a lever. */
export function sane(leaf: Leaf, field: Lever['field'], level: number): number | undefined {
  switch (field) {
    case 'present':
    case 'silent':
      return level > 0 ? 1 : 0;
    case 'copies':
      return Math.round(level) >= 1 && level <= leaf.mostCopies ? Math.round(level) : undefined;
    case 'changes':
      // What changes faster than it is scraped seems to change at random.
      return level >= 0 && level <= Math.min(500, leaf.scrapes) ? level : undefined;
    case 'missing':
      return Math.round(level) >= 0 && Math.round(level) < leaf.scrapes
        ? Math.round(level)
        : undefined;
    case 'share':
      // A binary fraction: what is divided by its own sum mustn't waver by a rounding.
      return level >= 0 && level <= 1 ? Math.round(level * FINEST) / FINEST : undefined;
    case 'elsewhere':
      return level >= 0 && level <= 1 ? level : undefined;
    case 'perSecond':
      if (Math.abs(level) < SLOWEST) return 0;
      if (level < 0 && isCounter(leaf)) return undefined;
      return level >= 0 || leaf.uses.has('line') || leaf.uses.has('value') ? level : undefined;
    case 'value':
      if (level < 0 && isNeverBelowZero(leaf)) return undefined;
      return isBinary(leaf) && level !== 0 && level !== 1 ? undefined : level;
    case 'age':
    case 'spread':
      return level;
  }
}
