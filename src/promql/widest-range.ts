import { children } from './ast.ts';
import type { Expr } from './ast.ts';
import { parseExpr } from './parse.ts';

/**
 * How far back an expression looks at most: ranges, subqueries and offsets added up where one
 * stands in another; ms.
 */
export function widestRangeMs(text: string): number {
  const parsed = parseExpr(text);
  return 'expr' in parsed ? reach(parsed.expr) : 0;
}

function reach(expr: Expr): number {
  return ownReach(expr) + Math.max(0, ...children(expr).map(reach));
}

/** A negative offset looks ahead; the window has to fill all the same. */
function ownReach(expr: Expr): number {
  if (expr.type === 'range') return expr.rangeMs ?? 0;
  if (expr.type !== 'modified' || expr.modifier.kind !== 'offset') return 0;
  return Math.max(0, expr.modifier.ms ?? 0);
}
