import { COMPARISONS, children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { EvaluationError, NotUnderstood, elementsOf } from '../promql/evaluate/index.ts';
import type { Storage } from '../promql/evaluate/index.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A year has every month, day of the week and hour. */
const LAST_MS = 366 * 24 * HOUR_MS;
/** What a course takes beside the time for which it fires; of minutes there are only sixty. */
const AROUND_MS = HOUR_MS / 2;
const SHORTLY_MS = 10 * MINUTE_MS;
/** So many different moments are tried. */
const MOST = 12;
const NOTHING: Storage = { instant: () => [], range: () => [] };

/**
 * Moments at which what an expression asks of the clock alone (`hour() >= 8`) is answered in each
 * possible way, those first in which most of it holds; ms after the world's beginning, 1970-01-01.
 * @param firesMs for how long the answers must stay the same beside what a course takes
 */
export function momentsFor(expr: Expr, firesMs: number): number[] {
  const asked = askedOfClock(expr);
  if (asked.length === 0) return [];
  const byMinute = asked.some((e) => callsMinute(e));
  const [stepMs, lastMs] = byMinute ? [MINUTE_MS, 25 * HOUR_MS] : [HOUR_MS, LAST_MS];
  const lastsMs = firesMs + (byMinute ? SHORTLY_MS : AROUND_MS);
  const answers = new Map<string, { tMs: number; true: number }>();
  for (let tMs = stepMs; tMs <= lastMs; tMs += stepMs) {
    const at = asked.map((e) => holds(e, tMs));
    const key = at.join();
    if (answers.has(key) || asked.some((e, i) => holds(e, tMs + lastsMs) !== at[i])) continue;
    answers.set(key, { tMs, true: at.filter((is) => is).length });
  }
  return [...answers.values()]
    .sort((a, b) => b.true - a.true)
    .slice(0, MOST)
    .map((a) => a.tMs);
}

/** The comparisons of an expression that read nothing but the clock. */
function askedOfClock(expr: Expr): Expr[] {
  if (expr.type === 'binary' && COMPARISONS.has(expr.op) && readsOnlyClock(expr)) return [expr];
  return children(expr).flatMap(askedOfClock);
}

function readsOnlyClock(expr: Expr): boolean {
  const clocks = (e: Expr): number =>
    e.type === 'selector' || e.type === 'unknown'
      ? NaN
      : (e.type === 'call' && CALENDAR.has(e.name) && e.args.length === 0 ? 1 : 0) +
        children(e).reduce((sum, part) => sum + clocks(part), 0);
  return clocks(expr) > 0;
}

function callsMinute(expr: Expr): boolean {
  return (expr.type === 'call' && expr.name === 'minute') || children(expr).some(callsMinute);
}

function holds(expr: Expr, tMs: number): boolean {
  try {
    const context = { storage: NOTHING, tMs, stepMs: MINUTE_MS, budget: { samples: 1_000 } };
    return elementsOf(expr, context).length > 0;
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof NotUnderstood) return false;
    throw error;
  }
}
