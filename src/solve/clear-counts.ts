import { levelOf, moved, sane } from './levers.ts';
import type { Lever } from './levers.ts';
import type { Edge } from './pairs.ts';
import type { State } from './states.ts';
import type { Trial, Verdict } from './trial.ts';

/** Further from its limit than so many changes nothing is an edge of it any more. */
const FURTHEST = 12;
/** So many levels on either side are tried: what rises too slowly goes to and fro on its way. */
const MOST_ASIDE = 3;

/**
 * An edge of how often something changes, and before it others with counts that are clear of the
 * limit wherever a window begins: of changes that are T apart it holds one more or one less, so
 * that half-way between two whole numbers no count hangs on the moment of a scrape. Those come
 * first of which one side doesn't change at all: from there to the other side counts only rise, or
 * only fall.
 */
export function withClearCounts(trial: Trial, state: State, edge: Edge): Edge[] {
  const { lever } = edge;
  if (lever.field !== 'changes') return [edge];
  const [near, over] = [levelOf(edge.near, lever), levelOf(edge.over, lever)];
  const way = Math.sign(over - near);
  const clear = (from: number, by: number, wanted: Verdict): number[] =>
    halvesFrom(from, by).filter(
      (level) =>
        isSane(trial, lever, level) &&
        trial.verdictThroughout(moved(state, lever, level)) === wanted,
    );
  const quiet = clear(near, -way, 'quiet');
  const fires = quiet.length === 0 ? [] : clear(over, way, 'fires');
  const beside = few(quiet).flatMap((no) => few(fires).map((yes) => ({ no, yes })));
  const steady = beside.filter(({ no, yes }) => no === 0 || yes === 0);
  return [
    ...[...steady, ...beside.filter((pair) => !steady.includes(pair))].map(({ no, yes }) => ({
      lever,
      near: moved(state, lever, no),
      over: moved(state, lever, yes),
    })),
    edge,
  ];
}

/** The first of the levels, and no change at all where that is one of them. */
function few(levels: readonly number[]): number[] {
  return levels.filter((level, i) => i < MOST_ASIDE || level === 0);
}

/**
 * A firing state in which no count hangs on the moment of a scrape, nor on a change that is lost
 * where one level follows another; where none lies close by, the state itself.
 */
export function withClearState(trial: Trial, firing: State): State {
  const levers = trial.levers.filter((l) => l.field === 'changes' && levelOf(firing, l) > 0);
  return levers.reduce((state, lever) => {
    const fires = (level: number): boolean =>
      isSane(trial, lever, level) &&
      trial.verdictThroughout(moved(state, lever, level)) === 'fires';
    const from = levelOf(state, lever);
    const beside = [1, -1].flatMap((way) => halvesFrom(from, way));
    const clear = beside.find((level) => [level - 1, level, level + 1].every(fires));
    return clear === undefined ? state : moved(state, lever, clear);
  }, firing);
}

/** Half-way between whole numbers, from a level on, and 0 where nothing lies below. */
function halvesFrom(level: number, way: number): number[] {
  const first = Math.floor(level) + 0.5;
  const start = (first - level) * way >= 0 ? first : first + way;
  const halves = Array.from({ length: FURTHEST }, (_, k) => start + k * way);
  return [...halves.filter((half) => half > 0), ...(way < 0 ? [0] : [])];
}

function isSane(trial: Trial, lever: Lever, level: number): boolean {
  const leaf = trial.leaves[lever.leaf];
  return leaf !== undefined && sane(leaf, lever.field, level) === level;
}
