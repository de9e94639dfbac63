import type { Leaf } from './leaves.ts';
import type { Use } from './uses.ts';

/** What can be set of a leaf's series; together the levels of a world. */
export interface LeafState {
  present: boolean;
  /** Whether it is sampled no more, and nothing marks it as stale. */
  silent: boolean;
  /** Where it stands. */
  value: number;
  /** What it grows by. */
  perSecond: number;
  /** How often it changes in its range. */
  changes: number;
  /** How many samples are missing in its range. */
  missing: number;
  /** How long ago the moment is that it names, in seconds; undefined when it names none. */
  age: number | undefined;
  /** Of a histogram's observations, the share above the limit. */
  share: number;
  /** How many of it there are, and how far apart they stand. */
  copies: number;
  spread: number;
  /** The share of copies that stand elsewhere than the rest: at 0, or at 1 where those are at 0. */
  elsewhere: number;
}

export type State = readonly LeafState[];

/** Whatever is scraped answers or doesn't. */
const ONLY_ZERO_OR_ONE = /^up$/;

/** Whether a leaf's series can be nothing but 0 and 1. */
export function isBinary(leaf: Leaf): boolean {
  return ONLY_ZERO_OR_ONE.test(leaf.metric);
}

/** Whether a leaf's series never stand below 0: they count, or their name says so. */
export function isNeverBelowZero(leaf: Leaf): boolean {
  return leaf.neverNegative || isCounter(leaf);
}

/**
 * Whether a leaf is asked how fast it grows, as only counters are: they neither fall nor stand
 * below zero. What is asked for the slope of a line may.
 */
export function isCounter({ uses }: Leaf): boolean {
  return uses.has('growth') && !uses.has('line');
}

/** Uses of what observes so much a second. */
export const OBSERVING: readonly Use[] = ['buckets', 'native', 'standing'];

/**
 * Where everything stands before anything is moved: there, at 1, growing by 1 a second where growth
 * is looked at.
 * @param copies how many there are of each series
 */
export function baseState(leaves: readonly Leaf[], copies = 1): State {
  return leaves.map((leaf) => ({
    present: !leaf.onlyAbsent,
    silent: false,
    value: leaf.uses.has('growth') && leaf.uses.size === 1 ? 0 : 1,
    perSecond: leaf.uses.has('growth') || OBSERVING.some((use) => leaf.uses.has(use)) ? 1 : 0,
    changes: 0,
    missing: 0,
    age: undefined,
    share: 0,
    copies,
    spread: 0,
    elsewhere: 0,
  }));
}

/** All values at once beyond the largest number that is asked for. */
export function highState(
  leaves: readonly Leaf[],
  constants: readonly number[],
  copies = 1,
): State {
  const largest = Math.max(1, ...constants);
  return baseState(leaves, copies).map((own, i) =>
    leaves[i] && !isBinary(leaves[i]) && own.value !== 0 ? { ...own, value: largest * 2 } : own,
  );
}

/** Nothing there. */
export function emptyState(leaves: readonly Leaf[]): State {
  return baseState(leaves).map((own) => ({ ...own, present: false }));
}
