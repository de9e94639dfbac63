import { COMPARISONS, children, turned } from '../promql/ast.ts';
import type { Binary, Expr, NumberExpr } from '../promql/ast.ts';
import { valuesOf } from '../promql/cancelled.ts';
import { constantOf } from '../promql/constant.ts';
import { plainNumber } from '../lib/plain-number.ts';
import { typeOf } from '../promql/type-of.ts';
import { isWhole, stepOf } from '../promql/whole.ts';
import { demandsBeside, passesDemand } from './alongside.ts';
import { countsOfSamples } from './sample-counts.ts';
import type { Sampled } from './sample-counts.ts';
import { decidedElsewhere } from './decided-elsewhere.ts';
import { grownBounds } from './grown-bounds.ts';
import { neverNegativeBut } from './never-negative.ts';

/** A number that an expression compares with, or that makes up what it compares with. */
export interface Threshold {
  number: NumberExpr;
  comparison: Binary;
  /** The side of the comparison that the number stands in, and the other. */
  side: Expr;
  other: Expr;
}

/**
 * A number that is another by this share must be noticed; 0 by 1; a whole number that counts
 * something by 1 at least.
 */
const SHIFT = 0.05;

/** The thresholds of an expression, each number once. */
export function thresholdsOf(expr: Expr): Threshold[] {
  const found = new Map<number, Threshold>();
  const go = (e: Expr): void => {
    if (e.type === 'binary' && COMPARISONS.has(e.op))
      for (const [side, other] of [
        [e.left, e.right],
        [e.right, e.left],
      ] as const)
        if (typeOf(side) === 'scalar')
          for (const number of numbersIn(side))
            if (!found.has(number.from))
              found.set(number.from, { number, comparison: e, side, other });
    children(e).forEach(go);
  };
  go(expr);
  return [...found.values()];
}

function numbersIn(expr: Expr): NumberExpr[] {
  if (expr.type === 'number') return [expr];
  return expr.type === 'binary' || expr.type === 'unary' ? children(expr).flatMap(numbersIn) : [];
}

/** By how much the number has to be another for somebody to notice. */
export function shiftOf({ number: { value }, side, other }: Threshold): number {
  const share = Math.abs(value) * SHIFT;
  if (side.type === 'number' && isWhole(other) && Number.isInteger(value))
    return Math.max(1, Math.round(share));
  return value === 0 ? 1 : share;
}

/**
 * Why nothing could ever notice another number in a threshold's place: no value that is compared
 * lies between, or another part of the alert decides there; undefined when one may.
 * @param alert the whole expression: what else it asks of the same value
 * @param sampled how often what it reads gets a sample
 */
export function unnoticeable(
  threshold: Threshold,
  value: number,
  alert: Expr,
  sampled: Sampled,
): string | undefined {
  const { number, comparison, side, other } = threshold;
  const limits = [constantOf(side), constantOf(withNumber(side, number, value))];
  const [first, second] = limits;
  if (first === undefined || second === undefined) return undefined;
  const [low, high] = [Math.min(first, second), Math.max(first, second)];
  const op = side === comparison.left ? turned(comparison.op) : comparison.op;
  const bounds = valuesOf(
    other,
    neverNegativeBut(sampled.recorded),
    (part) => countsOfSamples(part, sampled) ?? grownBounds(part),
  );
  const step = stepOf(other);
  const demands = side === comparison.right ? demandsBeside(alert, comparison) : [];
  const possible = (v: number): boolean =>
    v >= bounds.min &&
    v <= bounds.max &&
    (step === undefined || isMultiple(v, step)) &&
    demands.every((demand) => passesDemand(v, demand));
  const which = demands.length > 0 ? 'passes all the rest' : 'it can have';
  const between = `no value that ${which} lies between ${plainNumber(low)} and ${plainNumber(high)}`;
  if (op === '==' || op === '!=') return possible(low) || possible(high) ? undefined : between;
  // `>` and `<=` tell values in (low, high] apart, the others those in [low, high).
  const openBelow = op === '>' || op === '<=';
  const [from, to] = [Math.max(low, bounds.min), Math.min(high, bounds.max)];
  const limitsBeside = demands.flatMap(({ limit }) => [
    limit,
    (from + limit) / 2,
    (limit + to) / 2,
  ]);
  const inside = [
    ...[from, to, (from + to) / 2, Math.ceil(from), Math.floor(to), Math.ceil(from) + 1],
    ...multiplesWithin(from, to, step),
    ...limitsBeside,
  ];
  const end = openBelow ? low : high;
  const told = inside.some(
    (v) => v >= from && v <= to && Math.abs(v - end) > HAIR * Math.abs(end) && possible(v),
  );
  if (!told) return between;
  return decidedElsewhere(alert, threshold, { min: low, max: high }, sampled.recorded)
    ? `where it lies between ${plainNumber(low)} and ${plainNumber(high)}, another part gives nothing`
    : undefined;
}

/** What fractions leave behind, as a share. */
const HAIR = 1e-9;

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) <= HAIR * Math.max(1, Math.abs(times));
}

/** The outermost multiples of a step in a stretch, and those next to them. */
function multiplesWithin(from: number, to: number, step: number | undefined): number[] {
  if (step === undefined || !Number.isFinite(from) || !Number.isFinite(to)) return [];
  const [first, last] = [Math.ceil(from / step - HAIR), Math.floor(to / step + HAIR)];
  return [first, first + 1, last - 1, last].map((times) => times * step);
}

/** The expression with another number in one place; parts without it are the same objects. */
export function withNumber(expr: Expr, number: NumberExpr, value: number): Expr {
  if (expr === number) return { ...number, value };
  if (number.from < expr.from || number.to > expr.to) return expr;
  const go = (e: Expr): Expr => withNumber(e, number, value);
  switch (expr.type) {
    case 'range':
    case 'modified':
    case 'unary':
      return { ...expr, expr: go(expr.expr) };
    case 'binary':
      return { ...expr, left: go(expr.left), right: go(expr.right) };
    case 'aggregate':
      return { ...expr, expr: go(expr.expr), param: expr.param && go(expr.param) };
    case 'call':
      return { ...expr, args: expr.args.map(go) };
    case 'number':
    case 'string':
    case 'selector':
    case 'unknown':
      return expr;
  }
}
