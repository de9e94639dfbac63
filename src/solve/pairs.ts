import { withClearCounts } from './clear-counts.ts';
import { BESIDE, usualLevels } from './search.ts';
import { levelOf, moved, ON_OR_OFF, sane } from './levers.ts';
import type { Lever } from './levers.ts';
import type { State } from './states.ts';
import type { Trial } from './trial.ts';

/** Two states that differ in one lever: quiet, and firing. */
export interface Edge {
  lever: Lever;
  near: State;
  over: State;
  /** The same edge closer to its limit, or further from it; undefined where nothing lies there. */
  at?: (share: number) => Edge;
  /** The firing side of it, and a quiet level far away; undefined where it isn't quiet there. */
  from?: (near: number) => Edge | undefined;
}

const HALVINGS = 40;
/** Levels closer than this share are at the limit. */
const CLOSE = 0.002;

/**
 * Where a firing state stops firing when one lever is moved: on each side the nearest limit that is
 * found, close by.
 */
export function edgesOf(trial: Trial, firing: State, lever: Lever): Edge[] {
  return edgesFrom(trial, firing, lever, 'quiet').flatMap(({ from, to }) =>
    withClearCounts(trial, firing, close(trial, firing, lever, from, to)),
  );
}

/** Where a quiet state starts firing when one lever is moved. */
export function edgesInto(trial: Trial, quiet: State, lever: Lever): Edge[] {
  return edgesFrom(trial, quiet, lever, 'fires').flatMap(({ from, to }) =>
    withClearCounts(trial, quiet, close(trial, quiet, lever, to, from)),
  );
}

/** On each side the nearest level at which the verdict is the wanted one. */
function edgesFrom(
  trial: Trial,
  state: State,
  lever: Lever,
  wanted: 'quiet' | 'fires',
): { from: number; to: number }[] {
  const leaf = trial.leaves[lever.leaf];
  if (!leaf) return [];
  const at = levelOf(state, lever);
  const spread = [0.97, 1.03, 0.9, 1.1, 0.5, 2, 0.1, 10, 0.01, 100].map((k) => at * k);
  const levels = [...new Set([...spread, ...usualLevels(trial, lever, at), at + 1, at - 1])]
    .flatMap((level) => sane(leaf, lever.field, level) ?? [])
    .filter((level) => level !== at && Number.isFinite(level))
    .sort((a, b) => Math.abs(a - at) - Math.abs(b - at));
  return [levels.filter((l) => l < at), levels.filter((l) => l > at)].flatMap((side) => {
    const to = side.find((level) => trial.verdict(moved(state, lever, level)) === wanted);
    return to === undefined ? [] : [{ from: at, to }];
  });
}

/** Halves the way between a firing and a quiet level until both are close to the limit. */
function close(trial: Trial, state: State, lever: Lever, firing: number, quiet: number): Edge {
  const edge = (over: number, near: number): Edge => ({
    lever,
    over: moved(state, lever, over),
    near: moved(state, lever, near),
  });
  const leaf = trial.leaves[lever.leaf];
  if (ON_OR_OFF.has(lever.field) || !leaf) return edge(firing, quiet);
  let [over, near] = [firing, quiet];
  for (let i = 0; i < HALVINGS; i++) {
    if (Math.abs(over - near) <= CLOSE * Math.max(Math.abs(over), Math.abs(near))) break;
    const middle = sane(leaf, lever.field, (over + near) / 2);
    if (middle === undefined || middle === over || middle === near) break;
    const verdict = trial.verdict(moved(state, lever, middle));
    if (verdict === 'fires') over = middle;
    else if (verdict === 'quiet') near = middle;
    else break;
  }
  return beside(trial, state, lever, edge, { firing, quiet, over, near });
}

/** A little beside the limit, or at natural levels where the limit is one of them. */
function beside(
  trial: Trial,
  state: State,
  lever: Lever,
  edge: (over: number, near: number) => Edge,
  { firing, quiet, over, near }: { firing: number; quiet: number; over: number; near: number },
): Edge {
  if (lever.field === 'copies') return edge(over, near);
  const verdict = (level: number): string => trial.verdict(moved(state, lever, level));
  const tiny = 1e-6 * Math.max(Math.abs(firing), Math.abs(quiet));
  // The limit is 0: natural levels stand clear of it.
  if (Math.abs(over + near) / 2 <= tiny * 10) {
    const natural = verdict(0);
    const clear = natural === 'fires' ? 0 : firingNear(trial, state, lever, firing, quiet);
    return edge(clear, natural === 'quiet' ? 0 : quiet);
  }
  const way = Math.sign(over - near);
  const margin = Math.abs((over + near) / 2) * BESIDE;
  const leaf = trial.leaves[lever.leaf];
  // Nothing stands beside levels that are the only ones that make sense.
  const clear = (from: number, by: number, wanted: string): number => {
    const level = leaf && sane(leaf, lever.field, from + by);
    return level !== undefined && verdict(level) === wanted ? level : from;
  };
  const at = (share: number): Edge => {
    const by = (way * margin * share) / BESIDE;
    return edge(clear(over, by, 'fires'), clear(near, -by, 'quiet'));
  };
  const from = (level: number): Edge | undefined =>
    verdict(level) === 'quiet' ? edge(clear(over, way * margin, 'fires'), level) : undefined;
  return { ...at(BESIDE), at, from };
}

/**
 * Of a limit at 0 or at a natural level: the firing level as it is, or smaller if a limit higher by
 * 1 wouldn't be noticed.
 */
function firingNear(
  trial: Trial,
  state: State,
  lever: Lever,
  firing: number,
  quiet: number,
): number {
  const seconds = (trial.leaves[lever.leaf]?.rangeMs ?? 0) / 1000;
  const counted =
    seconds > 0 && lever.field === 'perSecond' ? Math.sign(firing - quiet) / seconds : 0;
  const smaller = quiet + counted;
  return counted !== 0 &&
    Math.abs(smaller) < Math.abs(firing) &&
    trial.verdict(moved(state, lever, smaller)) === 'fires'
    ? smaller
    : firing;
}
