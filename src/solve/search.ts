import { CALENDAR } from '../promql/evaluate/instant.ts';
import type { Bench } from './bench.ts';
import { isCloser, levelsIn, withinLevel } from './distance.ts';
import { baseState, isBinary, levelOf, leversOf, moved, sane } from './states.ts';
import type { Lever, State } from './states.ts';

const ROUNDS = 5;
/** How far beside a limit: clear of what binary fractions leave behind. */
export const BESIDE = 0.015;

/** All that can be moved in a world. */
export function leversOn(bench: Bench): Lever[] {
  return leversOf(bench.leaves, {
    clock: bench.any((e) => e.type === 'call' && (e.name === 'time' || CALENDAR.has(e.name))),
    offsets: bench.any((e) => e.type === 'modified' && e.modifier.kind === 'offset'),
  });
}

/**
 * A steady state in which the alert fires, found by moving one lever after the other; undefined
 * when none is found.
 */
export function findFiring(bench: Bench, levers: readonly Lever[]): State | undefined {
  const goal: Goal = (state) => bench.distance(state);
  for (const start of startsFor(bench)) {
    const found = descend(bench, levers, start, goal);
    if (found) return found;
  }
  return undefined;
}

/**
 * Everything at 1; where that leads nowhere, all values at once beyond the largest number that is
 * asked for.
 */
function startsFor(bench: Bench): State[] {
  const base = baseState(bench.leaves);
  const largest = Math.max(0, ...bench.constants);
  if (largest <= 100) return [base];
  const high = base.map((own, i) =>
    bench.leaves[i] && !isBinary(bench.leaves[i]) && own.value !== 0
      ? { ...own, value: largest * 2 }
      : own,
  );
  return [base, high];
}

/** How far a state is from what is wanted; 0 when it is reached. */
export type Goal = (state: State) => number;

/** Moves one lever after the other towards a goal; undefined when it isn't reached. */
export function descend(
  bench: Bench,
  levers: readonly Lever[],
  start: State,
  goal: Goal,
): State | undefined {
  let state = start;
  let best = goal(state);
  for (let round = 0; round < ROUNDS && best > 0; round++) {
    const before = best;
    for (const lever of levers) {
      for (const level of proposals(bench, state, lever, best, goal)) {
        const next = moved(state, lever, level);
        const found = goal(next);
        if (!isCloser(found, best)) continue;
        [state, best] = [next, found];
        if (best === 0) return state;
      }
    }
    if (best >= before) break;
  }
  return best === 0 ? state : undefined;
}

/**
 * Levels worth trying: where the distance seems to reach 0, and what the expression's own numbers
 * suggest.
 */
function proposals(
  bench: Bench,
  state: State,
  lever: Lever,
  distance: number,
  goal: Goal,
): number[] {
  const leaf = bench.leaves[lever.leaf];
  if (!leaf) return [];
  const at = levelOf(state, lever);
  const all = [
    ...roots(bench, state, lever, { at, distance }, goal),
    ...usualLevels(bench, lever, at),
  ];
  const levels = all.flatMap((level) => sane(leaf, lever.field, level) ?? []);
  return [...new Set(levels)].filter((level) => level !== at && Number.isFinite(level));
}

/** The distance is linear almost everywhere: two points lead to where it is 0. */
function roots(
  bench: Bench,
  state: State,
  lever: Lever,
  { at, distance }: { at: number; distance: number },
  goal: Goal,
): number[] {
  if (lever.field === 'present') return [];
  const leaf = bench.leaves[lever.leaf];
  const found: number[] = [];
  for (const step of [Math.max(Math.abs(at) * 0.5, 0.5), -Math.max(Math.abs(at) * 0.5, 0.5)]) {
    const probe = leaf && sane(leaf, lever.field, at + step);
    if (probe === undefined || probe === at) continue;
    const there = goal(moved(state, lever, probe));
    if (there === 0) return [probe];
    const [here, next] = [withinLevel(distance), withinLevel(there)];
    if (levelsIn(there) !== levelsIn(distance) || next === here || next > 1e5) continue;
    const root = at + (here * (probe - at)) / (here - next);
    const margin = Math.max(Math.abs(root) * BESIDE, 1e-6);
    // The limit itself comes last: there binary fractions decide.
    found.push(root + margin, root - margin, root + 1, root - 1, root);
  }
  return found;
}

/** Levels that the numbers of an expression suggest. */
export function usualLevels(bench: Bench, { leaf, field }: Lever, at: number): number[] {
  const around = bench.constants.flatMap((c) => [
    c,
    c * (1 + BESIDE),
    c * (1 - BESIDE),
    c + 1,
    c - 1,
  ]);
  const seconds = (bench.leaves[leaf]?.rangeMs ?? 0) / 1000 || 300;
  switch (field) {
    case 'present':
      return [1 - at];
    case 'copies':
      return [2, 3, 5, ...around.filter((n) => n <= 60).map(Math.ceil)];
    case 'spread':
      return [0, 1, -1, ...around];
    case 'changes':
      return [0, 1, 2, ...around, 20];
    case 'share':
      return [0, 0.001, 0.02, 0.06, 0.11, 0.26, 0.51, 0.76, 0.91, 1];
    case 'age':
      return [...around, ...around.map((c) => -c), 86_400 * 400, 0, -86_400 * 400];
    case 'perSecond':
      return [0, 1, ...around.map((c) => c / seconds), ...around, -1, 1e3, 1e6, -1e6, 1e-4];
    case 'value':
      return [0, 1, 2, -1, ...around, ...around.map((c) => -c), 100, 1e4, 1e6, 1e9, 1e12, 1e-3];
  }
}
