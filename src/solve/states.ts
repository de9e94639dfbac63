import type { Shape } from '../model/recipe.ts';
import type { Labels } from '../promql/evaluate/index.ts';
import { remembered } from '../promql/evaluate/label-tools.ts';
import type { Leaf } from './leaves.ts';
import { passesMatcher } from './matching.ts';

/** What can be set of a leaf's series; together the levels of a world. */
export interface LeafState {
  present: boolean;
  /** Where it stands. */
  value: number;
  /** What it grows by. */
  perSecond: number;
  /** How often it changes in its range. */
  changes: number;
  /** How long ago the moment is that it names, in seconds; undefined when it names none. */
  age: number | undefined;
  /** Of a histogram's observations, the share above the limit. */
  share: number;
  /** How many of it there are, and how far apart they stand. */
  copies: number;
  spread: number;
}

/** One thing that can be set. */
export interface Lever {
  leaf: number;
  field: Exclude<keyof LeafState, 'present'> | 'present';
}

export type State = readonly LeafState[];

/** Copies cost series; nobody counts further in a rule that one would want to try. */
export const MOST_COPIES = 60;
/** Whatever is scraped answers or doesn't. */
const ONLY_ZERO_OR_ONE = /^up$/;

export function isBinary(leaf: Leaf): boolean {
  return ONLY_ZERO_OR_ONE.test(leaf.metric);
}

/**
 * Where everything stands before anything is moved: there, at 1, growing by 1 a second where growth
 * is looked at.
 */
export function baseState(leaves: readonly Leaf[]): State {
  return leaves.map((leaf) => ({
    present: !leaf.onlyAbsent,
    value: leaf.uses.has('growth') && leaf.uses.size === 1 ? 0 : 1,
    perSecond: ['growth', 'buckets', 'native'].some((use) => leaf.uses.has(use as 'growth'))
      ? 1
      : 0,
    changes: 0,
    age: undefined,
    share: 0,
    copies: 1,
    spread: 0,
  }));
}

/**
 * The levers of a world, those first that are meant to be moved. @param clock whether the
 * expression asks for the time @param offsets whether it compares with the past
 */
export function leversOf(
  leaves: readonly Leaf[],
  { clock, offsets }: { clock: boolean; offsets: boolean },
): Lever[] {
  const of = (leaf: Leaf): Lever['field'][] => {
    const { uses } = leaf;
    const fields: Lever['field'][] = [];
    if (uses.has('growth')) fields.push('perSecond');
    if (uses.has('buckets') || uses.has('native')) fields.push('share', 'perSecond');
    if (uses.has('changes')) fields.push('changes');
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
    return [...new Set(fields)];
  };
  const all = leaves.map(of);
  const longest = Math.max(0, ...all.map((f) => f.length));
  return Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
    all.flatMap((fields, leaf) => {
      const field = fields[i];
      return field ? [{ leaf, field }] : [];
    }),
  );
}

function growing({ uses }: Leaf): boolean {
  return uses.has('growth') || uses.has('line');
}

export function levelOf(state: State, { leaf, field }: Lever): number {
  const value = state[leaf]?.[field];
  return typeof value === 'boolean' ? Number(value) : (value ?? 0);
}

/** The state with one lever at another level. */
export function moved(state: State, { leaf, field }: Lever, level: number): State {
  return state.map((own, i) =>
    i !== leaf
      ? own
      : {
          ...own,
          // What is moved is there.
          ...(field === 'present' ? {} : { present: true }),
          [field]: field === 'present' ? level > 0 : level,
          // A value of its own is no moment, and what stands apart are two at least.
          ...(field === 'value' ? { age: undefined } : {}),
          ...(field === 'spread' ? { copies: Math.max(2, own.copies) } : {}),
        },
  );
}

/** Levels that make sense for a lever. */
export function sane(leaf: Leaf, field: Lever['field'], level: number): number | undefined {
  switch (field) {
    case 'present':
      return level > 0 ? 1 : 0;
    case 'copies':
      return Math.round(level) >= 1 && level <= MOST_COPIES ? Math.round(level) : undefined;
    case 'changes':
      return level >= 0 && level <= 500 ? level : undefined;
    case 'share':
      return level >= 0 && level <= 1 ? level : undefined;
    case 'perSecond':
      return level >= 0 || leaf.uses.has('line') || leaf.uses.has('value') ? level : undefined;
    case 'value':
      return isBinary(leaf) && level !== 0 && level !== 1 ? undefined : level;
    case 'age':
    case 'spread':
      return level;
  }
}

/** What the values of a histogram are compared with: its buckets lie around it. */
export interface Buckets {
  limit: number;
}

export interface PlacedSeries {
  labels: Labels;
  shape: Shape;
}

/** A leaf's series in a state; always as many as there may be, those that aren't there absent. */
export function seriesOf(
  leaf: Leaf,
  labels: Record<string, string>,
  state: LeafState,
  copies: number,
  buckets: Buckets,
): PlacedSeries[] {
  const all = remembered(ofCopies, labels, () => []);
  return Array.from({ length: copies }, (_, k) => {
    const own = (all[k] ??= { ...copyLabels(leaf, labels, k), __name__: leaf.metric });
    const there = state.present && k < state.copies;
    if (leaf.uses.has('buckets') && !leaf.matchers.some((m) => m.label === 'le'))
      return bucketSeries(own, there ? state : undefined, buckets);
    return [
      {
        labels: own,
        shape: there ? shapeOf(leaf, state, k, buckets) : { kind: 'absent' as const },
      },
    ];
  }).flat();
}

/** Labels of a leaf's copies and of their buckets: the same objects in each state of a world. */
const ofCopies = new WeakMap<Labels, Labels[]>();
const ofBuckets = new WeakMap<Labels, Labels[]>();

/** Copies differ in every label that may differ. */
function copyLabels(leaf: Leaf, labels: Record<string, string>, k: number): Record<string, string> {
  if (k === 0) return labels;
  const varied = Object.entries(labels).filter(([label, value]) => {
    const matchers = leaf.matchers.filter((m) => m.label === label);
    return (
      !leaf.kept.has(label) &&
      (leaf.dropped?.has(label) ?? true) &&
      label !== 'job' &&
      matchers.every((m) => passesMatcher(m, `${value}-${k + 1}`))
    );
  });
  return {
    ...labels,
    ...(varied.length === 0 ? { [ownLabel(leaf)]: `copy-${k + 1}` } : {}),
    ...Object.fromEntries(varied.map(([label, value]) => [label, `${value}-${k + 1}`])),
  };
}

/** A label that only copies have; one that is dropped, where only those may differ. */
function ownLabel({ dropped, matchers }: Leaf): string {
  const free = [...(dropped ?? [])].find((l) => l !== 'le' && !matchers.some((m) => m.label === l));
  return free ?? 'copy';
}

function shapeOf(leaf: Leaf, state: LeafState, k: number, buckets: Buckets): Shape {
  if (leaf.uses.has('native')) return nativeShape(state, buckets);
  if (state.age !== undefined) return { kind: 'clock', offsetSeconds: -state.age };
  if (state.changes > 0) {
    const everySeconds = leaf.rangeMs / 1000 / state.changes;
    const low = isBinary(leaf) ? 0 : state.value;
    return { kind: 'toggle', values: [low, isBinary(leaf) ? 1 : state.value + 1], everySeconds };
  }
  const value = state.value + state.spread * k;
  return state.perSecond === 0 && !leaf.uses.has('growth')
    ? { kind: 'value', value }
    : {
        kind: 'line',
        from: value,
        perSecond: state.perSecond + (leaf.uses.has('value') ? 0 : state.spread * k),
      };
}

/**
 * Three buckets around the limit: observations at most as large, up to twice as large, and none
 * above.
 */
function bucketSeries(
  labels: Labels,
  state: LeafState | undefined,
  { limit }: Buckets,
): PlacedSeries[] {
  const bounds: [string, number][] = [
    [String(limit), 1 - (state?.share ?? 0)],
    [String(limit * 2), 1],
    ['+Inf', 1],
  ];
  const all = remembered(ofBuckets, labels, () => bounds.map(([le]) => ({ ...labels, le })));
  return bounds.map(([, part], i) => ({
    labels: all[i] ?? labels,
    shape: state
      ? { kind: 'line', from: 0, perSecond: state.perSecond * part }
      : { kind: 'absent' },
  }));
}

/** Two neighbouring buckets of schema 0, the limit at the bottom of the upper one or below. */
function nativeShape(state: LeafState, { limit }: Buckets): Shape {
  const offset = Math.floor(Math.log2(Math.max(limit, 1e-9))) + 1;
  const slow = state.perSecond * state.share;
  const fast = state.perSecond - slow;
  const top = 2 ** offset;
  return {
    kind: 'histogram',
    perSecond: {
      offset: offset - 1,
      buckets: [fast, slow, 0],
      sum: fast * top * 0.4 + slow * top * 0.8,
    },
  };
}
