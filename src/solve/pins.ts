import type { Pin, Timeline } from '../model/recipe.ts';
import { COMPARISONS, children } from '../promql/ast.ts';
import type { Expr, NumberExpr } from '../promql/ast.ts';
import { typeOf } from '../promql/type-of.ts';
import type { Bench } from './bench.ts';
import type { Course } from './timeline.ts';

/** A number that is another by this share must be noticed; 0 by 1. */
const SHIFT = 0.05;

/** The numbers that an expression compares with. */
export function thresholdsOf(expr: Expr): NumberExpr[] {
  const found: NumberExpr[] = [];
  const numbers = (e: Expr): void => {
    if (e.type === 'number') found.push(e);
    if (e.type === 'binary' || e.type === 'unary') children(e).forEach(numbers);
  };
  const go = (e: Expr): void => {
    if (e.type === 'binary' && COMPARISONS.has(e.op))
      for (const side of [e.left, e.right]) if (typeOf(side) === 'scalar') numbers(side);
    children(e).forEach(go);
  };
  go(expr);
  return [...new Map(found.map((n) => [n.from, n])).values()];
}

/** Which of the numbers would be noticed in this course if they were a little lower, or higher. */
export function pinsOf(bench: Bench, course: Course, numbers: readonly NumberExpr[]): Pin[] {
  const context = bench.context(course.world, 0);
  const times = [...asked(course.timeline, bench.rule.keepFiringMs)];
  const notices = (number: NumberExpr, value: number): boolean => {
    const other = withNumber(bench.expr, number, value);
    return times.some(
      ([tMs, active]) => bench.instances(context, tMs, other).length > 0 !== active,
    );
  };
  return numbers.map((number) => {
    const by = number.value === 0 ? 1 : Math.abs(number.value) * SHIFT;
    return {
      from: number.from,
      value: number.value,
      lower: notices(number, number.value - by),
      higher: notices(number, number.value + by),
    };
  });
}

/** The moments at which it is asked whether the alert is active, and what must be. */
function asked(timeline: Timeline, keepFiringMs: number): Map<number, boolean> {
  const { settledAtMs, overAtMs, activeAtMs, firingAtMs, evaluationMs } = timeline;
  const overMs = timeline.resolvedAtMs - keepFiringMs;
  return new Map([
    [settledAtMs + evaluationMs, false],
    [overAtMs - evaluationMs, false],
    [activeAtMs - evaluationMs, false],
    [activeAtMs, true],
    [firingAtMs, true],
    [overMs - evaluationMs, true],
    [overMs + evaluationMs, false],
  ]);
}

/** The expression with another number in one place. */
function withNumber(expr: Expr, number: NumberExpr, value: number): Expr {
  if (expr === number) return { ...number, value };
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
