import type { Expr } from '../promql/ast.ts';
import { constantOf } from '../promql/constant.ts';
import { valueParts } from './value-parts.ts';

/** Numbers in an expression that something is compared with or made of. */
export function constantsOf(expr: Expr): number[] {
  const found = new Set<number>();
  const go = (e: Expr): void => {
    const folded = constantOf(e);
    if (folded !== undefined) {
      if (Number.isFinite(folded)) found.add(folded);
      return;
    }
    if (e.type === 'binary') [e.left, e.right].forEach(go);
    else if (e.type === 'aggregate') [e.expr, ...(e.param ? [e.param] : [])].forEach(go);
    else valueParts(e).forEach(go);
  };
  go(expr);
  return [...found];
}
