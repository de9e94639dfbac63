import { SET_OPERATORS, children } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';

/**
 * The parts of an expression that its values and labels come from: all but an aggregation's
 * parameter, and what stands on the right of a set operator.
 */
export function valueParts(expr: Expr): Expr[] {
  if (expr.type === 'aggregate') return [expr.expr];
  if (expr.type === 'binary' && SET_OPERATORS.has(expr.op) && expr.op !== 'or') return [expr.left];
  return children(expr);
}
