import type { Expr } from './ast.ts';
import { COMPARISONS, eachExpr } from './ast.ts';
import { boundsOf } from './bounds.ts';

/**
 * How a value wants to be shown: a share of 1, per cent, bytes, or anything else that is no whole
 * number.
 */
export type Scale = 'share' | 'percent' | 'bytes' | 'fraction';

const FRACTIONAL = new Set([
  'rate',
  'irate',
  'increase',
  'deriv',
  'predict_linear',
  'avg',
  'avg_over_time',
  'histogram_quantile',
  'histogram_avg',
  'quantile',
  'quantile_over_time',
  'stddev',
  'stdvar',
  'stddev_over_time',
  'stdvar_over_time',
  'exp',
  'ln',
  'log2',
  'log10',
  'sqrt',
]);
const WHOLE = new Set([
  'count',
  'count_over_time',
  'ceil',
  'floor',
  'round',
  'group',
  'absent',
  'absent_over_time',
  'changes',
  'resets',
  'sgn',
  'timestamp',
  'time',
  'count_values',
  'present_over_time',
]);

/**
 * The scale of an alert's value; undefined when a plain number may do (a count, a gauge of whole
 * things, a constant).
 */
export function scaleOf(expr: Expr): Scale | undefined {
  const value = valueOf(expr);
  if (!value) return undefined;
  const kind = kindOf(value);
  if (kind !== 'fraction') return kind ?? limitedByName(expr, value);
  const named = scaleByName(value);
  if (named !== undefined) return named;
  if (isLimitedShare(expr)) return 'share';
  if (isHundredfold(value, limitOf(expr))) return 'percent';
  const { min, max } = boundsOf(value, () => false);
  if (min === 0 && max === 1) return 'share';
  return min === 0 && max === 100 ? 'percent' : 'fraction';
}

/**
 * What is compared with a limit below 1, and is what one lacks of 1 or a ratio within one unit: a
 * share, though nothing in the names says that the one is a part of the other.
 */
function isLimitedShare(expr: Expr): boolean {
  const limit = limitOf(expr);
  return expr.type === 'binary' && limit !== undefined && limit < 1 && isShare(expr.left);
}

/** A hundred times a share, or what one lacks of 100 where the limit lies below. */
function isHundredfold(expr: Expr, limit: number | undefined): boolean {
  if (expr.type !== 'binary') return false;
  const { op, left, right } = expr;
  if (op === '-') return isNumber(left, 100) && limit !== undefined && limit > 1 && limit < 100;
  if (op === '*')
    return (isNumber(left, 100) && isShare(right)) || (isNumber(right, 100) && isShare(left));
  // `100 * a / b` is read from the left.
  if (op !== '/' || left.type !== 'binary' || left.op !== '*') return false;
  return (
    (isNumber(left.left, 100) && ofOneUnit(left.right, right)) ||
    (isNumber(left.right, 100) && ofOneUnit(left.left, right))
  );
}

/** What one lacks of 1, or a ratio within one unit. */
function isShare(expr: Expr): boolean {
  if (expr.type !== 'binary') return false;
  return expr.op === '-'
    ? isNumber(expr.left, 1)
    : expr.op === '/' && ofOneUnit(expr.left, expr.right);
}

function isNumber(expr: Expr, value: number): boolean {
  return expr.type === 'number' && expr.value === value;
}

/** The number above 0 that a value is compared with. */
function limitOf(expr: Expr): number | undefined {
  return expr.type === 'binary' &&
    COMPARISONS.has(expr.op) &&
    expr.right.type === 'number' &&
    expr.right.value > 0
    ? expr.right.value
    : undefined;
}

function ofOneUnit(a: Expr, b: Expr): boolean {
  const units = unitsOf(a);
  return units !== undefined && units === unitsOf(b);
}

/** A gauge says what it is by its name, where its limit doesn't say otherwise. */
function limitedByName(expr: Expr, value: Expr): Scale | undefined {
  const named = scaleByName(value);
  const limit = limitOf(expr);
  return named === 'share' && limit !== undefined && limit < 1 ? 'share' : undefined;
}

/** The scale that the name of the one metric says; sums of it say nothing. */
function scaleByName(expr: Expr): Scale | undefined {
  if (expr.type === 'modified' || expr.type === 'range') return scaleByName(expr.expr);
  if (expr.type === 'aggregate')
    return /^(avg|min|max)$/.test(expr.op) ? scaleByName(expr.expr) : undefined;
  if (expr.type === 'call')
    return /^(avg|min|max|last)_over_time$/.test(expr.name) && expr.args[0]
      ? scaleByName(expr.args[0])
      : undefined;
  if (expr.type !== 'selector') return undefined;
  return expr.name?.endsWith('_ratio')
    ? 'share'
    : /_percent(age)?$/.test(expr.name ?? '')
      ? 'percent'
      : undefined;
}

/**
 * The unit in the names of all series; undefined where they differ, for the sum of a histogram, and
 * for gauges whose names say none.
 */
function unitsOf(expr: Expr): string | undefined {
  let rated = false;
  const units = new Set<string>();
  eachExpr(expr, (part) => {
    if (part.type === 'call') rated ||= ['rate', 'irate', 'increase'].includes(part.name);
    if (part.type !== 'selector') return;
    const counted = /_(count|bucket)$/.test(part.name ?? '');
    units.add((counted ? undefined : /_(seconds|bytes)(?=_|$)/.exec(part.name ?? '')?.[1]) ?? '');
    if (part.name?.endsWith('_sum')) units.add('sum');
  });
  const [unit] = units;
  return units.size === 1 && (rated || unit !== '') ? unit : undefined;
}

/** What a comparison lets through is its left side; after `== 5` there is nothing to round. */
function valueOf(expr: Expr): Expr | undefined {
  if (expr.type !== 'binary') return expr;
  if (expr.op === 'and' || expr.op === 'unless') return valueOf(expr.left);
  if (!COMPARISONS.has(expr.op)) return expr;
  if (expr.bool || expr.op === '==') return undefined;
  return valueOf(expr.left.type === 'number' ? expr.right : expr.left);
}

function kindOf(expr: Expr): 'fraction' | 'bytes' | undefined {
  switch (expr.type) {
    case 'number':
      return Number.isInteger(expr.value) ? undefined : 'fraction';
    case 'selector':
      return expr.name?.endsWith('_bytes') ? 'bytes' : undefined;
    case 'range':
    case 'modified':
    case 'unary':
      return kindOf(expr.expr);
    case 'aggregate':
    case 'call': {
      const name = expr.type === 'aggregate' ? expr.op : expr.name;
      if (WHOLE.has(name)) return undefined;
      const inner =
        expr.type === 'aggregate'
          ? kindOf(expr.expr)
          : expr.args.map(kindOf).find((k) => k !== undefined);
      if (inner === 'bytes' && name !== 'histogram_quantile') return inner;
      return FRACTIONAL.has(name) ? 'fraction' : inner;
    }
    case 'binary': {
      if (expr.op === '/') return 'fraction';
      if (expr.op === '%' || COMPARISONS.has(expr.op) || expr.op === 'and' || expr.op === 'unless')
        return kindOf(expr.left);
      const sides = [kindOf(expr.left), kindOf(expr.right)];
      return sides.includes('fraction') ? 'fraction' : sides.find((s) => s !== undefined);
    }
    case 'string':
    case 'unknown':
      return undefined;
  }
}
