import { COMPARISONS } from './ast.ts';
import type { Expr } from './ast.ts';
import { scalars } from './evaluate/binary.ts';

/**
 * The number that arithmetic over numbers comes to (`24 * 3600`); undefined where anything else is
 * in it.
 */
export function constantOf(expr: Expr): number | undefined {
  switch (expr.type) {
    case 'number':
      return expr.value;
    case 'unary': {
      const inner = constantOf(expr.expr);
      return inner === undefined || expr.op === '+' ? inner : -inner;
    }
    case 'binary': {
      const [left, right] = [constantOf(expr.left), constantOf(expr.right)];
      return left === undefined || right === undefined || COMPARISONS.has(expr.op)
        ? undefined
        : scalars(expr.op, left, right);
    }
    case 'string':
    case 'selector':
    case 'range':
    case 'modified':
    case 'aggregate':
    case 'call':
    case 'unknown':
      return undefined;
  }
}
