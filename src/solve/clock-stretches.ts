import { EvaluationError, NotUnderstood, elementsOf } from '../promql/evaluate/index.ts';
import type { Storage } from '../promql/evaluate/index.ts';
import { children, COMPARISONS } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOTHING: Storage = { instant: () => [], range: () => [] };

/** How finely, and for how long, one has to look at the clock to see each answer that it gives. */
export interface Clock {
  stepMs: number;
  lastMs: number;
}

/** A year has every month, day of the week and hour; a week every minute of each of its days. */
export function clockFor(asked: readonly Expr[]): Clock {
  return asked.some(callsMinute)
    ? { stepMs: MINUTE_MS, lastMs: 8 * DAY_MS }
    : { stepMs: HOUR_MS, lastMs: 366 * DAY_MS };
}

/** The comparisons of an expression that read nothing but the clock. */
export function askedOfClock(expr: Expr): Expr[] {
  if (expr.type === 'binary' && COMPARISONS.has(expr.op) && readsOnlyClock(expr)) return [expr];
  return children(expr).flatMap(askedOfClock);
}

/** Whether all that an expression reads is the moment at which it is evaluated. */
export function readsOnlyClock(expr: Expr): boolean {
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

/** Whether what reads the clock alone gives anything at a moment. */
export function holdsAt(expr: Expr, tMs: number): boolean {
  try {
    const context = { storage: NOTHING, tMs, stepMs: MINUTE_MS, budget: { samples: 1_000 } };
    return elementsOf(expr, context).length > 0;
  } catch (error) {
    if (error instanceof EvaluationError || error instanceof NotUnderstood) return false;
    throw error;
  }
}

/**
 * What an expression answers in each stretch of the clock, asked once for each set of answers that
 * the comparisons which read it give.
 * @param asked those comparisons
 * @param answer what is wanted at a moment
 */
export function answersOver<T>(
  asked: readonly Expr[],
  { stepMs, lastMs }: Clock,
  answer: (tMs: number) => T,
): T[] {
  const known = new Map<string, { answer: T }>();
  return Array.from({ length: Math.floor(lastMs / stepMs) }, (_, k) => {
    const key = asked.map((e) => (holdsAt(e, k * stepMs) ? 1 : 0)).join('');
    const found = known.get(key) ?? { answer: answer(k * stepMs) };
    known.set(key, found);
    return found.answer;
  });
}
