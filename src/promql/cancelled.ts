import type { Binary, Expr } from './ast.ts';
import { boundsOf } from './bounds.ts';
import type { Bounds, KnownBounds, NeverNegative } from './bounds.ts';
import { constantOf } from './constant.ts';
import { print } from './print.ts';

/** Far more than binary fractions leave behind, as a share. */
const CLEAR = 1e-6;

/** What makes of each series one value of its own. */
const OF_EACH_SERIES =
  /^(?!absent)(rate|irate|increase|delta|idelta|deriv|changes|resets|abs|ceil|floor|\w+_over_time)$/;

/** What is multiplied and divided: a number, and how often a metric is a factor. */
interface Product {
  factor: number;
  /** Its name, or what is made of it, as in `rate(m[5m])`. */
  metric: string | undefined;
  /** Of the metric: 1 for each time that it is multiplied by, -1 for each division. */
  power: number;
}

/**
 * The only number that an expression can give where it divides a series by itself, as in
 * `100 / m * m{part="free"}` or `rate(m{a="b"}[5m]) / rate(m[5m])`: whatever narrower matchers one
 * side has, series meet only themselves. Undefined where that can't be said.
 */
export function cancelledValue(expr: Expr): number | undefined {
  const product = productOf(expr);
  return product?.metric !== undefined && product.power === 0 ? product.factor : undefined;
}

/** Between what values lie: of what is divided by itself there is one alone. */
export function valuesOf(expr: Expr, neverNegative: NeverNegative, known?: KnownBounds): Bounds {
  const only = cancelledValue(expr);
  if (only === undefined) return boundsOf(expr, neverNegative, known);
  const left = CLEAR * Math.max(1, Math.abs(only));
  return { min: only - left, max: only + left };
}

/** Whether two numbers differ by more than a division and a multiplication may leave behind. */
export function clearlyDiffer(a: number, b: number): boolean {
  return Math.abs(a - b) > CLEAR * Math.max(1, Math.abs(a), Math.abs(b));
}

function productOf(expr: Expr): Product | undefined {
  const factor = constantOf(expr);
  if (factor !== undefined) return { factor, metric: undefined, power: 0 };
  const metric = metricOf(expr);
  if (metric !== undefined) return { factor: 1, metric, power: 1 };
  return expr.type === 'binary' ? combined(expr) : undefined;
}

/** A metric's name, or what is made of each of its series, whatever matchers select them. */
function metricOf(expr: Expr): string | undefined {
  if (expr.type === 'selector') return expr.name;
  const [range, ...others] = expr.type === 'call' ? expr.args : [];
  if (expr.type !== 'call' || !range || others.length > 0) return undefined;
  const plain = range.type === 'range' && !range.subquery ? range.expr : range;
  if (!OF_EACH_SERIES.test(expr.name) || plain.type !== 'selector' || plain.name === undefined)
    return undefined;
  return print(expr, ({ name = '' }) => name);
}

function combined({ op, left, right, matching, fill }: Binary): Product | undefined {
  if ((op !== '*' && op !== '/') || matching || fill) return undefined;
  const [a, b] = [productOf(left), productOf(right)];
  if (!a || !b || (a.metric !== undefined && b.metric !== undefined && a.metric !== b.metric))
    return undefined;
  return {
    factor: op === '*' ? a.factor * b.factor : a.factor / b.factor,
    metric: a.metric ?? b.metric,
    power: op === '*' ? a.power + b.power : a.power - b.power,
  };
}
