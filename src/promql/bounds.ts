import type { Binary, Expr } from './ast.ts';
import { COMPARISONS, turned } from './ast.ts';
import { constantOf } from './constant.ts';
import { multipleOf } from './factor.ts';
import { COUNTER_FUNCTIONS } from './functions.ts';
import { isLeftOf, isPartOf } from './shares.ts';
import { typeOf } from './type-of.ts';

/** Between what an expression's values surely lie, both ends included. */
export interface Bounds {
  min: number;
  max: number;
}

/** Whether a metric surely never falls below 0. */
export type NeverNegative = (name: string) => boolean;

/** Of parts whose values are known to lie closer together. */
export type KnownBounds = (part: Expr) => Bounds | undefined;

const ANY: Bounds = { min: -Infinity, max: Infinity };
const POSITIVE: Bounds = { min: 0, max: Infinity };
const CALENDAR: Record<string, Bounds> = {
  hour: { min: 0, max: 23 },
  minute: { min: 0, max: 59 },
  month: { min: 1, max: 12 },
  day_of_month: { min: 1, max: 31 },
  day_of_week: { min: 0, max: 6 },
  day_of_year: { min: 1, max: 366 },
  days_in_month: { min: 28, max: 31 },
};
/** Their values lie between those of what they are made from. */
const BETWEEN = new Set([
  'avg',
  'min',
  'max',
  'quantile',
  'topk',
  'bottomk',
  'limitk',
  'limit_ratio',
  'avg_over_time',
  'min_over_time',
  'max_over_time',
  'last_over_time',
  'first_over_time',
  'quantile_over_time',
  'sort',
  'sort_desc',
  'scalar',
  'vector',
  'label_replace',
  'label_join',
  'ceil',
  'floor',
]);
const CLAMPS = new Set(['clamp', 'clamp_min', 'clamp_max']);
const ONE = new Set(['absent', 'absent_over_time', 'group', 'present_over_time']);
const AT_LEAST_ONE = new Set(['count', 'count_over_time']);
const NOT_NEGATIVE = new Set([
  'changes',
  'resets',
  'abs',
  'sqrt',
  'stddev',
  'stdvar',
  'stddev_over_time',
  'stdvar_over_time',
  'histogram_count',
  'time',
  'timestamp',
]);

/** What a counter's name ends in; so does that of whatever else never falls below 0. */
const COUNTED = /_(total|count|bucket)$/;

/**
 * Bounds of every value that an expression can have, whatever the data is.
 * @param known of parts whose values are known to lie closer together
 */
export function boundsOf(expr: Expr, neverNegative: NeverNegative, known?: KnownBounds): Bounds {
  const given = known?.(expr);
  if (given) return given;
  const of = (e: Expr): Bounds => boundsOf(e, neverNegative, known);
  switch (expr.type) {
    case 'number':
      return { min: expr.value, max: expr.value };
    case 'selector':
      if (expr.name === 'up') return { min: 0, max: 1 };
      return expr.name !== undefined && neverNegative(expr.name) ? POSITIVE : ANY;
    case 'range':
    case 'modified':
      return of(expr.expr);
    case 'unary': {
      const { min, max } = of(expr.expr);
      return expr.op === '-' ? { min: -max, max: -min } : { min, max };
    }
    case 'aggregate':
      return expr.op === 'quantile' && !isShare(expr.param) ? ANY : ofNamed(expr.op, expr.expr, of);
    case 'call': {
      const calendar = CALENDAR[expr.name];
      if (calendar) return calendar;
      if (CLAMPS.has(expr.name)) return clamped(expr.name, expr.args.map(of));
      const value =
        expr.args.find((a) => ['vector', 'matrix'].includes(typeOf(a) ?? '')) ?? expr.args[0];
      if (COUNTER_FUNCTIONS.has(expr.name)) return grown(value, of, known);
      if (expr.name === 'quantile_over_time' && !isShare(expr.args[0])) return ANY;
      return ofNamed(expr.name, value, of);
    }
    case 'binary':
      return ofBinary(expr, of);
    case 'string':
    case 'unknown':
      return ANY;
  }
}

/** What a clamp leaves of its vector's bounds. */
function clamped(name: string, [vector = ANY, first = ANY, second = ANY]: Bounds[]): Bounds {
  const least = name === 'clamp_max' ? -Infinity : first.min;
  const most = name === 'clamp_max' ? first.max : name === 'clamp' ? second.max : Infinity;
  return {
    min: Math.min(Math.max(vector.min, least), most),
    max: Math.max(Math.min(vector.max, most), least),
  };
}

/**
 * What grows: of values below 0 each fall counts as a counter's beginning anew, by the negative
 * value before it.
 */
function grown(
  value: Expr | undefined,
  of: (e: Expr) => Bounds,
  known: KnownBounds | undefined,
): Bounds {
  if (value?.type === 'range' || value?.type === 'modified') return grown(value.expr, of, known);
  if (!value) return ANY;
  const isCounted =
    value.type === 'selector' && COUNTED.test(value.name ?? '') && known?.(value) === undefined;
  return isCounted || of(value).min >= 0 ? POSITIVE : ANY;
}

/** Whether a quantile is one: below 0 and above 1 it is infinite, whatever the values are. */
function isShare(param: Expr | undefined): boolean {
  const share = param && constantOf(param);
  return share !== undefined && share >= 0 && share <= 1;
}

function ofNamed(name: string, value: Expr | undefined, of: (e: Expr) => Bounds): Bounds {
  if (ONE.has(name)) return { min: 1, max: 1 };
  if (AT_LEAST_ONE.has(name)) return { min: 1, max: Infinity };
  if (NOT_NEGATIVE.has(name)) return POSITIVE;
  if (name === 'sgn') return { min: -1, max: 1 };
  if (!value) return ANY;
  const inner = of(value);
  if (BETWEEN.has(name))
    return name === 'ceil' || name === 'floor'
      ? { min: Math.floor(inner.min), max: Math.ceil(inner.max) }
      : inner;
  if (name === 'sum' || name === 'sum_over_time')
    return {
      min: inner.min >= 0 ? inner.min : -Infinity,
      max: inner.max <= 0 ? inner.max : Infinity,
    };
  return ANY;
}

function ofBinary(expr: Binary, of: (e: Expr) => Bounds): Bounds {
  const [a, b] = [of(expr.left), of(expr.right)];
  if (expr.fill) return ANY;
  if (COMPARISONS.has(expr.op)) {
    if (expr.bool) return { min: 0, max: 1 };
    // What a comparison keeps are the vector's values, on whichever side it stands.
    return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'vector'
      ? narrowed(b, turned(expr.op), a)
      : narrowed(a, expr.op, b);
  }
  switch (expr.op) {
    case '+':
      return sane({ min: a.min + b.min, max: a.max + b.max });
    case '-':
      // What is left of a whole without a part of it.
      if (isPartOf(expr.right, expr.left)) return POSITIVE;
      return sane({ min: a.min - b.max, max: a.max - b.min });
    case '*':
      return corners(a, b, (x, y) => x * y);
    case '/':
      return ofQuotient(expr, a, b, of);
    case 'and':
    case 'unless':
      return a;
    case 'or':
      return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
    default:
      return ANY;
  }
}

function ofQuotient(
  { left, right, group }: Binary,
  a: Bounds,
  b: Bounds,
  of: (e: Expr) => Bounds,
): Bounds {
  const { factor, of: part } = multipleOf(left);
  if (isPartOf(part, right)) return corners({ min: 0, max: 1 }, is(factor), (x, y) => x * y);
  const isLeft = !group && b.min >= 0 && isLeftOf(part, right, (taken) => of(taken).min >= 0);
  if (isLeft) return corners({ min: -Infinity, max: 1 }, is(factor), (x, y) => x * y);
  if (b.min > 0 || b.max < 0) return corners(a, b, (x, y) => x / y);
  if (b.min < 0) return ANY;
  return a.min >= 0 ? POSITIVE : a.max <= 0 ? { min: -Infinity, max: 0 } : ANY;
}

/**
 * What is left of the left side's values; when nothing is, its own bounds: another rule tells that.
 */
function narrowed(a: Bounds, op: string, b: Bounds): Bounds {
  const result =
    op === '>' || op === '>='
      ? { min: Math.max(a.min, b.min), max: a.max }
      : op === '<' || op === '<='
        ? { min: a.min, max: Math.min(a.max, b.max) }
        : op === '=='
          ? { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) }
          : a;
  return result.min <= result.max ? result : a;
}

function is(value: number): Bounds {
  return { min: value, max: value };
}

function corners(a: Bounds, b: Bounds, operate: (x: number, y: number) => number): Bounds {
  // 0·∞ is 0 at an end that is never reached.
  const values = [
    operate(a.min, b.min),
    operate(a.min, b.max),
    operate(a.max, b.min),
    operate(a.max, b.max),
  ].map((v) => (Number.isNaN(v) ? 0 : v));
  return { min: Math.min(...values), max: Math.max(...values) };
}

function sane(bounds: Bounds): Bounds {
  return Number.isNaN(bounds.min) || Number.isNaN(bounds.max) ? ANY : bounds;
}

/** Whether a comparison of values within these bounds is always, never, or sometimes true. */
export function truth(a: Bounds, op: string, b: Bounds): 'always' | 'never' | 'sometimes' {
  const [never, always] = {
    '>': [a.max <= b.min, a.min > b.max],
    '>=': [a.max < b.min, a.min >= b.max],
    '<': [a.min >= b.max, a.max < b.min],
    '<=': [a.min > b.max, a.max <= b.min],
    '==': [a.max < b.min || a.min > b.max, a.min === a.max && b.min === b.max && a.min === b.min],
    '!=': [a.min === a.max && b.min === b.max && a.min === b.min, a.max < b.min || a.min > b.max],
  }[op] ?? [false, false];
  return never ? 'never' : always ? 'always' : 'sometimes';
}
