import type { Shape } from '../model/recipe.ts';
import type { Labels } from '../promql/evaluate/index.ts';
import { remembered } from '../promql/evaluate/label-tools.ts';
import type { Leaf } from './leaves.ts';
import { passesMatcher } from './matching.ts';
import { isBinary, isCounter, isNeverBelowZero } from './states.ts';
import type { LeafState } from './states.ts';

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
      (label !== 'job' || leaf.ofAnyJob) &&
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
  if (state.silent) return { kind: 'silent' };
  if (leaf.uses.has('native')) return nativeShape(state, buckets);
  if (leaf.uses.has('standing')) return { ...nativeShape(state, buckets), stands: true };
  if (state.age !== undefined) return { kind: 'clock', offsetSeconds: -state.age };
  if (state.changes > 0) {
    const everySeconds = leaf.rangeMs / 1000 / state.changes;
    const low = isBinary(leaf) ? 0 : possible(leaf, state.value);
    return { kind: 'toggle', values: [low, low + 1], everySeconds };
  }
  const value = valueOfCopy(leaf, state, k);
  if (state.missing > 0) {
    const secondsEach = leaf.rangeMs / 1000 / leaf.scrapes;
    return {
      kind: 'gaps',
      value,
      thereSeconds: (Math.floor(leaf.scrapes) - state.missing) * secondsEach,
      awaySeconds: state.missing * secondsEach,
    };
  }
  return state.perSecond === 0 && !leaf.uses.has('growth')
    ? { kind: 'value', value }
    : { kind: 'line', from: value, perSecond: growthOfCopy(leaf, state, k) };
}

function growthOfCopy(leaf: Leaf, state: LeafState, k: number): number {
  const own = state.perSecond + (leaf.uses.has('value') ? 0 : state.spread * k);
  return isCounter(leaf) ? Math.max(0, own) : own;
}

function valueOfCopy(leaf: Leaf, state: LeafState, k: number): number {
  const { value, spread, copies, elsewhere } = state;
  const isElsewhere = k >= copies - Math.round(copies * elsewhere);
  if (isElsewhere) return value === 0 ? 1 : 0;
  const own = value + spread * k;
  if (isBinary(leaf)) return Math.min(1, Math.max(0, own));
  return possible(leaf, own);
}

/** Where what never stands below 0 would, it stands at 0. */
function possible(leaf: Leaf, value: number): number {
  return isNeverBelowZero(leaf) ? Math.max(0, value) : value;
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

/**
 * Buckets of schema 0 around the limit: what is slow lies in its own bucket, half of it in the one
 * above, and some in the one below, so that whatever part of it is asked for may lie on either
 * side; what is fast lies clear of it. Averages are sums of powers of two: where nothing changes
 * they don't waver.
 */
function nativeShape(state: LeafState, { limit }: Buckets): Extract<Shape, { kind: 'histogram' }> {
  const offset = Math.floor(Math.log2(Math.max(limit, 1e-9))) + 1;
  const slow = state.perSecond * state.share;
  const fast = state.perSecond - slow;
  const top = 2 ** offset;
  return {
    kind: 'histogram',
    perSecond: {
      offset: offset - 2,
      buckets: [fast, slow / 4, slow / 4, slow / 2],
      sum: (fast * 0.25 + (slow / 4) * 0.5 + (slow / 4) * 0.75 + (slow / 2) * 1.5) * top,
    },
  };
}
