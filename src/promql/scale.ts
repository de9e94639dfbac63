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
  if (isHundredfold(value)) return 'percent';
  const { min, max } = boundsOf(value, () => false);
  if (min === 0 && max === 1) return 'share';
  return min === 0 && max === 100 ? 'percent' : 'fraction';
}

/**
 * A ratio of two rates of the same unit that is compared with a limit below 1: a share, though
 * nothing in the names says that the one is a part of the other.
 */
function isLimitedShare(expr: Expr): boolean {
  if (expr.type !== 'binary' || !COMPARISONS.has(expr.op) || expr.right.type !== 'number')
    return false;
  const { left, right } = expr;
  if (right.value <= 0 || right.value >= 1 || left.type !== 'binary' || left.op !== '/')
    return false;
  return ofOneUnit(left.left, left.right);
}

/** A hundred times a ratio of rates of one unit. */
function isHundredfold(expr: Expr): boolean {
  if (expr.type !== 'binary') return false;
  const factors = expr.op === '*' || expr.op === '/' ? [expr.left, expr.right] : ([] as Expr[]);
  const [other] = factors.filter((side) => side.type !== 'number' || side.value !== 100);
  if (
    expr.op === '*' &&
    factors.some((side) => side.type === 'number' && side.value === 100) &&
    other
  )
    return isRatio(other);
  // `100 * a / b` is read from the left.
  const { left, right } = expr;
  if (expr.op !== '/' || left.type !== 'binary' || left.op !== '*') return false;
  const rest = [left.left, left.right].filter(
    (side) => side.type !== 'number' || side.value !== 100,
  );
  return rest.length === 1 && rest[0] !== undefined && ofOneUnit(rest[0], right);
}

function isRatio(expr: Expr): boolean {
  return expr.type === 'binary' && expr.op === '/' && ofOneUnit(expr.left, expr.right);
}

function ofOneUnit(a: Expr, b: Expr): boolean {
  const units = unitsOf(a);
  return units !== undefined && units === unitsOf(b);
}

/** A gauge says what it is by its name, where its limit doesn't say otherwise. */
function limitedByName(expr: Expr, value: Expr): Scale | undefined {
  const named = scaleByName(value);
  const limit =
    expr.type === 'binary' && expr.right.type === 'number' ? expr.right.value : undefined;
  return named === 'share' && limit !== undefined && limit > 0 && limit < 1 ? 'share' : undefined;
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
 * The units in the names of what a rate is taken of; undefined without a rate, or for the sum of a
 * histogram.
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
  return rated && units.size === 1 ? [...units][0] : undefined;
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
