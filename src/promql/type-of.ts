import type { Expr } from './ast.ts';
import type { ArgType } from './functions.ts';

const SCALAR_CALLS: ReadonlySet<string> = new Set(['scalar', 'time', 'pi']);

/**
 * The type that an expression has, as Prometheus checks it before any data is read; undefined when
 * unknown.
 */
export function typeOf(expr: Expr): ArgType | undefined {
  switch (expr.type) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
    case 'aggregate':
      return 'vector';
    case 'range':
      return 'matrix';
    case 'modified':
    case 'unary':
      return typeOf(expr.expr);
    case 'binary': {
      const sides = [typeOf(expr.left), typeOf(expr.right)];
      if (sides.includes('vector')) return 'vector';
      return sides.includes(undefined) ? undefined : 'scalar';
    }
    case 'call':
      return SCALAR_CALLS.has(expr.name) ? 'scalar' : 'vector';
    case 'unknown':
      return undefined;
  }
}
