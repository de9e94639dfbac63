import { EvaluationError, NotUnderstood, elementsOf } from '../promql/evaluate/index.ts';
import type { Storage } from '../promql/evaluate/index.ts';
import { children, COMPARISONS } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { CALENDAR } from '../promql/evaluate/instant.ts';
import { remembered } from '../promql/evaluate/label-tools.ts';
import type { Recorded } from './leaves.ts';
import { withRecorded } from './recorded.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const NOTHING: Storage = { instant: () => [], range: () => [] };

/** How finely, and for how long, one has to look at the clock to see each answer that it gives. */
export interface Clock {
  stepMs: number;
  lastMs: number;
}

/**
 * A year has every month, day of the week and hour; a week every minute of each of its days, and so
 * every remainder that the time itself may leave.
 */
export function clockFor(asked: readonly Expr[], recorded: Recorded): Clock {
  return asked.some((expr) => tellsMinutes(expr, recorded))
    ? { stepMs: MINUTE_MS, lastMs: 8 * DAY_MS }
    : { stepMs: HOUR_MS, lastMs: 366 * DAY_MS };
}

/**
 * The comparisons of an expression that read nothing but the clock, and those of the rules
 * whose records it reads.
 */
export function askedOfClock(
  expr: Expr,
  recorded: Recorded,
  through: readonly string[] = [],
): Expr[] {
  const isAsking = expr.type === 'binary' && COMPARISONS.has(expr.op);
  if (isAsking && readsOnlyClock(expr, recorded, through)) return [expr];
  const { parts, name } = partsOf(expr, recorded, through);
  return parts.flatMap((part) => askedOfClock(part, recorded, [...through, ...name]));
}

/** Whether all that an expression reads is the moment at which it is evaluated. */
export function readsOnlyClock(
  expr: Expr,
  recorded: Recorded,
  through: readonly string[] = [],
): boolean {
  return clocksIn(expr, recorded, through) > 0;
}

/**
 * How often an expression asks the calendar or the clock for the moment; NaN where it reads
 * anything else.
 */
function clocksIn(expr: Expr, recorded: Recorded, through: readonly string[]): number {
  const { parts, name } = partsOf(expr, recorded, through);
  const readsSeries = (expr.type === 'selector' && parts.length === 0) || expr.type === 'unknown';
  const inner = parts.map((part) => clocksIn(part, recorded, [...through, ...name]));
  return inner.reduce(
    (sum, n) => sum + n,
    readsSeries ? NaN : isOfCalendar(expr) || isTime(expr) ? 1 : 0,
  );
}

/** Whether an expression is a function of the calendar that is asked for the moment. */
export function asksForMoment(expr: Expr, recorded: Recorded): boolean {
  return isOfCalendar(expr) && readsOnlyClock(expr, recorded);
}

function isOfCalendar(expr: Expr): boolean {
  return expr.type === 'call' && CALENDAR.has(expr.name);
}

function isTime(expr: Expr): boolean {
  return expr.type === 'call' && expr.name === 'time';
}

/** The parts of an expression; of a selector what records its series, and their name. */
function partsOf(
  expr: Expr,
  recorded: Recorded,
  through: readonly string[],
): { parts: Expr[]; name: string[] } {
  if (expr.type !== 'selector') return { parts: children(expr), name: [] };
  const { name } = expr;
  if (name === undefined || through.includes(name)) return { parts: [], name: [] };
  return { parts: (recorded.get(name) ?? []).flatMap((rule) => rule.expr ?? []), name: [name] };
}

/** Whether minutes make a difference: any but `minute` asks the calendar for nothing as short. */
function tellsMinutes(expr: Expr, recorded: Recorded, through: readonly string[] = []): boolean {
  if (isTime(expr) || (expr.type === 'call' && expr.name === 'minute')) return true;
  if (isOfCalendar(expr)) return false;
  const { parts, name } = partsOf(expr, recorded, through);
  return parts.some((part) => tellsMinutes(part, recorded, [...through, ...name]));
}

/** What recording rules make of the clock. */
const storages = new WeakMap<Recorded, Storage>();

/** Whether what reads the clock alone gives anything at a moment. */
export function holdsAt(expr: Expr, recorded: Recorded, tMs: number): boolean {
  const storage = remembered(storages, recorded, () =>
    withRecorded(NOTHING, recorded, MINUTE_MS, { samples: Infinity }),
  );
  try {
    const context = { storage, tMs, stepMs: MINUTE_MS, budget: { samples: 1_000 } };
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
  recorded: Recorded,
  { stepMs, lastMs }: Clock,
  answer: (tMs: number) => T,
): T[] {
  const known = new Map<string, { answer: T }>();
  return Array.from({ length: Math.floor(lastMs / stepMs) }, (_, k) => {
    const key = asked.map((e) => (holdsAt(e, recorded, k * stepMs) ? 1 : 0)).join('');
    const found = known.get(key) ?? { answer: answer(k * stepMs) };
    known.set(key, found);
    return found.answer;
  });
}
