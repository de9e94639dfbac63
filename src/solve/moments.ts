import type { Expr } from '../promql/ast.ts';
import { askedOfClock, clockFor, holdsAt } from './clock-stretches.ts';
import type { Recorded } from './leaves.ts';

const MINUTE_MS = 60_000;
/** What a course takes beside the time for which it fires; of minutes there are only sixty. */
const AROUND_MS = 30 * MINUTE_MS;
const SHORTLY_MS = 10 * MINUTE_MS;
/** So many different moments are tried. */
const MOST = 12;

/**
 * Moments at which what an expression asks of the clock alone (`hour() >= 8`) is answered in each
 * possible way, those first in which most of it holds; ms after the world's beginning, 1970-01-01.
 * @param firesMs for how long the answers must stay the same beside what a course takes
 */
export function momentsFor(expr: Expr, recorded: Recorded, firesMs: number): number[] {
  const asked = askedOfClock(expr, recorded);
  if (asked.length === 0) return [];
  const { stepMs, lastMs } = clockFor(asked, recorded);
  const lastsMs = firesMs + (stepMs === MINUTE_MS ? SHORTLY_MS : AROUND_MS);
  const answers = new Map<string, { tMs: number; true: number }>();
  for (let tMs = stepMs; tMs <= lastMs; tMs += stepMs) {
    const at = asked.map((e) => holdsAt(e, recorded, tMs));
    const key = at.join();
    if (answers.has(key) || asked.some((e, i) => holdsAt(e, recorded, tMs + lastsMs) !== at[i]))
      continue;
    answers.set(key, { tMs, true: at.filter((is) => is).length });
  }
  return [...answers.values()]
    .sort((a, b) => b.true - a.true)
    .slice(0, MOST)
    .map((a) => a.tMs);
}
