import { SET_OPERATORS } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';

/** The parts of an expression that its values and labels come from. */
export function valueParts(expr: Expr): Expr[] {
  switch (expr.type) {
    case 'range':
    case 'modified':
    case 'unary':
    case 'aggregate':
      return [expr.expr];
    case 'binary':
      // What stands on the right of a set operator, or of a comparison, gives no labels.
      return SET_OPERATORS.has(expr.op) && expr.op !== 'or' ? [expr.left] : [expr.left, expr.right];
    case 'call':
      return expr.args;
    case 'number':
    case 'string':
    case 'selector':
    case 'unknown':
      return [];
  }
}
