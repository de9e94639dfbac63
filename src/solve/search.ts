import { isCloser, levelsIn, withinLevel } from './distance.ts';
import { levelOf, MANY_COPIES, ON_OR_OFF, moved, sane } from './levers.ts';
import type { Lever } from './levers.ts';
import type { State } from './states.ts';
import type { Trial } from './trial.ts';

const ROUNDS = 5;
/** How far beside a limit: clear of what binary fractions leave behind. */
export const BESIDE = 0.015;

/**
 * A state in which the alert fires, found by moving one lever after the other; undefined when none
 * is found.
 */
export function findFiring(trial: Trial): State | undefined {
  const goal: Goal = (state) => trial.distance(state);
  for (const start of trial.starts) {
    const found = descend(trial, start, goal);
    if (found) return found;
  }
  return undefined;
}

/** A state in which it doesn't, from one in which it does. */
export function findQuiet(trial: Trial, firing: State): State | undefined {
  return descend(trial, firing, (state) => trial.distance(state, trial.bench.expr, false));
}

/** How far a state is from what is wanted; 0 when it is reached. */
export type Goal = (state: State) => number;

/** Moves one lever after the other towards a goal; undefined when it isn't reached. */
export function descend(
  trial: Trial,
  start: State,
  goal: Goal,
  levers: readonly Lever[] = trial.levers,
): State | undefined {
  let state = start;
  let best = goal(state);
  for (let round = 0; round < ROUNDS && best > 0; round++) {
    const before = best;
    for (const lever of levers) {
      for (const level of proposals(trial, state, lever, best, goal)) {
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
  trial: Trial,
  state: State,
  lever: Lever,
  distance: number,
  goal: Goal,
): number[] {
  const leaf = trial.leaves[lever.leaf];
  if (!leaf) return [];
  const at = levelOf(state, lever);
  const all = [
    ...roots(trial, state, lever, { at, distance }, goal),
    ...usualLevels(trial, lever, at),
  ];
  const levels = all.flatMap((level) => sane(leaf, lever.field, level) ?? []);
  return [...new Set(levels)].filter((level) => level !== at && Number.isFinite(level));
}

/** The distance is linear almost everywhere: two points lead to where it is 0. */
function roots(
  trial: Trial,
  state: State,
  lever: Lever,
  { at, distance }: { at: number; distance: number },
  goal: Goal,
): number[] {
  if (ON_OR_OFF.has(lever.field)) return [];
  const leaf = trial.leaves[lever.leaf];
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
export function usualLevels(trial: Trial, { leaf, field }: Lever, at: number): number[] {
  const around = trial.bench.constants.flatMap((c) => [
    c,
    c * (1 + BESIDE),
    c * (1 - BESIDE),
    c + 1,
    c - 1,
  ]);
  const seconds = (trial.leaves[leaf]?.rangeMs ?? 0) / 1000 || 300;
  switch (field) {
    case 'present':
    case 'silent':
      return [1 - at];
    case 'copies':
      return [2, 3, 5, ...around.map(Math.ceil), MANY_COPIES, 49];
    case 'spread':
      return [0, 1, -1, ...around];
    case 'changes':
      // A window that moves on sees one more or one less: two more are always enough.
      return [
        0,
        1,
        2,
        ...trial.bench.constants.map((c) => c + 2),
        ...around,
        20,
        ...around.map((c) => 2 * c),
        ...around.map((c) => 2 * c + 1),
      ];
    case 'missing': {
      const scrapes = Math.floor(trial.leaves[leaf]?.scrapes ?? 0);
      return [0, ...around.map((c) => scrapes - c), scrapes / 2, scrapes - 1, ...around];
    }
    case 'elsewhere':
      return [0, 0.5, 0.1, 0.9, ...sharesIn(around)];
    case 'share':
      return [0, 0.001, 0.02, 0.06, 0.11, 0.26, 0.51, 0.76, 0.91, 1];
    case 'age':
      return [...around, ...around.map((c) => -c), 86_400 * 400, 0, -86_400 * 400];
    case 'perSecond':
      return [0, 1, ...around.map((c) => c / seconds), ...around, -1, 1e3, 1e6, -1e6, 1e-4];
    case 'value':
      return [
        0,
        1,
        2,
        -1,
        0.5,
        -0.5,
        ...around,
        ...around.map((c) => -c),
        100,
        1e4,
        1e6,
        1e9,
        1e12,
        1e-3,
      ];
  }
}

/** Numbers that may be shares, or percentages. */
function sharesIn(numbers: readonly number[]): number[] {
  return numbers.flatMap((n) => [n, n / 100]).filter((n) => n > 0 && n < 1);
}
