import type { TruthExpression } from './parse.ts';

/** A range of values: least and greatest that the truth allows. */
export type Bounds = [number, number];

/**
 * What is known of a part of an expression: one range, or one for each window that a rate may have
 * been made of (all rates have the same windows in the same order). `rate`: it is a rate times this
 * factor, and as inexact as rates are.
 */
export interface Known {
  ranges: Bounds[];
  rate?: number;
}

/** By how much a share of rates may be off. */
const SHARE_OFF = 0.015;

/**
 * The value of an expression by interval arithmetic; undefined where nobody knows one of its
 * series, or where it divides by what may be 0. A quotient of two rates has lost their inexactness
 * but for a fixed part.
 * @param series what is known of a series by its name
 */
export function evaluateTruth(
  expression: TruthExpression,
  series: (name: string) => Known | undefined,
): Known | undefined {
  if (expression.kind === 'number') return { ranges: [[expression.value, expression.value]] };
  if (expression.kind === 'series') return series(expression.name);
  const left = evaluateTruth(expression.left, series);
  const right = evaluateTruth(expression.right, series);
  if (!left || !right) return undefined;
  const { kind } = expression;
  const ranges = pairs(left.ranges, right.ranges)
    .map(([a, b]) => APPLY[kind](a, b))
    .filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return kind === '*' || kind === '/'
    ? scaled(kind, ranges, left, right)
    : summed(ranges, left, right);
}

/** The hull of all that is allowed. */
export function hullOf({ ranges }: Known): Bounds {
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

const APPLY: Record<'+' | '-' | '*' | '/', (a: Bounds, b: Bounds) => Bounds | undefined> = {
  '+': ([a, b], [c, d]) => [a + c, b + d],
  '-': ([a, b], [c, d]) => [a - d, b - c],
  '*': (a, b) => hull(a, b, (x, y) => x * y),
  '/': (a, b) => (b[0] <= 0 && b[1] >= 0 ? undefined : hull(a, b, (x, y) => x / y)),
};

function hull([a, b]: Bounds, [c, d]: Bounds, of: (x: number, y: number) => number): Bounds {
  const corners = [of(a, c), of(a, d), of(b, c), of(b, d)];
  return [Math.min(...corners), Math.max(...corners)];
}

/** Windows side by side; what has no windows goes with each. */
function pairs(a: Bounds[], b: Bounds[]): [Bounds, Bounds][] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [
    (a.length === 1 ? a[0] : a[i]) ?? [NaN, NaN],
    (b.length === 1 ? b[0] : b[i]) ?? [NaN, NaN],
  ]);
}

function summed(ranges: Bounds[], left: Known, right: Known): Known {
  const rate = left.rate ?? right.rate;
  return { ranges, ...(rate === undefined ? {} : { rate }) };
}

function scaled(kind: '*' | '/', ranges: Bounds[], left: Known, right: Known): Known {
  if (kind === '/' && left.rate !== undefined && right.rate !== undefined) {
    const off = Math.abs((left.rate / right.rate) * SHARE_OFF);
    return { ranges: ranges.map(([low, high]) => [low - off, high + off]) };
  }
  const [rate, other] = left.rate === undefined ? [right.rate, left] : [left.rate, right];
  if (rate === undefined) return { ranges };
  const factor = Math.max(...hullOf(other).map(Math.abs));
  return { ranges, rate: kind === '*' ? rate * factor : rate / factor };
}
