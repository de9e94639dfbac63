import type { Expr } from './ast.ts';
import { constantOf } from './constant.ts';

/** What an expression multiplies, and by how much. */
export interface Multiple {
  factor: number;
  of: Expr;
}

/** Takes constant factors off an expression: of `100 * errors / 60` they come to 100/60. */
export function multipleOf(expr: Expr): Multiple {
  const plain = { factor: 1, of: expr };
  if (expr.type !== 'binary' || expr.bool) return plain;
  const [left, right] = [constantOf(expr.left), constantOf(expr.right)];
  if (expr.op === '/') return right === undefined ? plain : (times(expr.left, 1 / right) ?? plain);
  if (expr.op !== '*') return plain;
  if (right !== undefined) return times(expr.left, right) ?? plain;
  return (left === undefined ? undefined : times(expr.right, left)) ?? plain;
}

/** Undefined where the factor is none: nothing is divided by 0. */
function times(expr: Expr, by: number): Multiple | undefined {
  const inner = multipleOf(expr);
  const factor = inner.factor * by;
  return Number.isFinite(factor) && factor !== 0 ? { ...inner, factor } : undefined;
}
