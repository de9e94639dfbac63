import { COMPARISONS, SET_OPERATORS } from '../promql/ast.ts';
import type { Binary, Expr } from '../promql/ast.ts';
import { EvaluationError, elementsOf } from '../promql/evaluate/index.ts';
import type { Context, Element } from '../promql/evaluate/index.ts';
import { matchKey } from '../promql/evaluate/binary.ts';
import { groupBy } from '../lib/group-by.ts';
import { typeOf } from '../promql/type-of.ts';
import type { Recorded } from './leaves.ts';

/** A series that has to be there and isn't, or the other way round. */
const MISSING = 1e6;
/** Both sides are there, and their labels don't meet. */
const APART = 5e5;
/**
 * What a comparison costs that has nothing to compare yet, more than any comparison that has: the
 * "approach level", so that what lies further in is settled first and for good.
 */
const LEVEL = 1e7;
const TOO_LOW = 1e-3;
const NEGATED: Readonly<Record<string, string>> = {
  '>': '<=',
  '<': '>=',
  '>=': '<',
  '<=': '>',
  '==': '!=',
  '!=': '==',
};

/**
 * How far a world is from one in which an expression gives something (or, if `want` is false,
 * nothing); 0 when it does. Linear in the values that are compared, so that a search finds its way
 * ("branch distance" in search-based testing).
 */
export function distance(expr: Expr, context: Context, recorded: Recorded, want = true): number {
  const there = elements(expr, context);
  if (there.length > 0 === want) return 0;
  const of = (e: Expr, w = want): number => distance(e, context, recorded, w);
  const least = (...all: number[]): number => Math.min(...all);
  switch (expr.type) {
    case 'selector': {
      const rules = expr.name === undefined ? undefined : recorded.get(expr.name);
      const inner = rules?.flatMap((rule) => (rule.expr ? of(rule.expr) : [])) ?? [];
      if (inner.length === 0) return MISSING;
      const total = want ? least(...inner) : inner.reduce((a, b) => a + b, 0);
      return total || APART;
    }
    case 'range':
      return of(expr.expr) || APART;
    case 'modified':
      return expr.modifier.kind === 'offset'
        ? distance(
            expr.expr,
            { ...context, tMs: context.tMs - (expr.modifier.ms ?? 0) },
            recorded,
            want,
          )
        : of(expr.expr);
    case 'unary':
      return of(expr.expr);
    case 'aggregate':
      return of(expr.expr) || APART;
    case 'call': {
      if (expr.name === 'absent' || expr.name === 'absent_over_time') {
        const [arg] = expr.args;
        return arg ? of(arg, !want) : MISSING;
      }
      const parts = expr.args.filter((arg) => typeOf(arg) !== 'scalar' && typeOf(arg) !== 'string');
      const all = parts.map((arg) => of(arg));
      return (want ? all.reduce((a, b) => a + b, 0) : least(...all)) || APART;
    }
    case 'binary':
      return ofBinary(expr, context, of, want);
    case 'number':
    case 'string':
    case 'unknown':
      return MISSING;
  }
}

function ofBinary(
  expr: Binary,
  context: Context,
  of: (e: Expr, want?: boolean) => number,
  want: boolean,
): number {
  const { left, right } = expr;
  if (SET_OPERATORS.has(expr.op)) {
    if (expr.op === 'or') return want ? Math.min(of(left), of(right)) : of(left) + of(right);
    const wanted = expr.op === 'and';
    if (want) return of(left, true) + of(right, wanted) || APART;
    return Math.min(of(left, false), of(right, !wanted)) || APART;
  }
  const compares = COMPARISONS.has(expr.op) && !expr.bool;
  const sides = [left, right].filter((e) => typeOf(e) !== 'scalar');
  const presence = (): number => {
    const all = sides.map((e) => of(e));
    return want ? all.reduce((a, b) => a + b, 0) : Math.min(...all);
  };
  const pairs = compares ? pairsOf(expr, elements(left, context), elements(right, context)) : [];
  if (pairs.length === 0) return (presence() || APART) + (compares && want ? LEVEL : 0);
  if (want) return Math.min(...pairs.map(([a, b]) => violation(expr.op, a, b)));
  const apart = Math.max(...pairs.map(([a, b]) => violation(NEGATED[expr.op] ?? '', a, b)));
  return Math.min(apart, presence() || APART);
}

/**
 * What a world costs in which something falls below 0 that never does: less than any comparison, so
 * that what is compared is settled first.
 */
export function tooLow(below: number): number {
  return below > 0 ? (TOO_LOW * (1 + below)) / (2 + below) : 0;
}

/** Whether one distance is smaller than another by more than binary fractions leave behind. */
export function isCloser(one: number, other: number): boolean {
  return levelsIn(one) === levelsIn(other)
    ? withinLevel(one) < withinLevel(other) * 0.9999
    : one < other;
}

/** How many levels a distance has still to go. */
export function levelsIn(found: number): number {
  return Math.floor(found / LEVEL);
}

/** Whether all that is missing is that a comparison is true: everything is there, and meets. */
export function isComparing(found: number): boolean {
  return found < Math.min(APART, MISSING / 20);
}

/** The part of a distance that is linear in the values that are compared. */
export function withinLevel(found: number): number {
  return found - levelsIn(found) * LEVEL;
}

/** Values that are compared with each other. */
function pairsOf(expr: Binary, left: Element[], right: Element[]): [number, number][] {
  if (typeOf(expr.left) === 'scalar' || typeOf(expr.right) === 'scalar')
    return left.flatMap((a) => right.map((b): [number, number] => [a.value, b.value]));
  const rights = groupBy(right, (e) => matchKey(expr, e.labels));
  return left.flatMap((a) =>
    (rights.get(matchKey(expr, a.labels)) ?? []).map((b): [number, number] => [a.value, b.value]),
  );
}

/** How far a comparison is from being true, as a share of what is compared with. */
function violation(op: string, a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return MISSING / 10;
  const apart = Math.min(Math.abs(a - b) / (1 + Math.abs(b)), MISSING / 20);
  switch (op) {
    case '>':
    case '>=':
      return a > b ? 0 : apart || 1e-9;
    case '<':
    case '<=':
      return a < b ? 0 : apart || 1e-9;
    case '!=':
      return a === b ? 1 : 0;
    default:
      return apart;
  }
}

function elements(expr: Expr, context: Context): Element[] {
  if (expr.type === 'range') return elements(expr.expr, context);
  try {
    return elementsOf(expr, context);
  } catch (error) {
    if (error instanceof EvaluationError) return [];
    throw error;
  }
}
