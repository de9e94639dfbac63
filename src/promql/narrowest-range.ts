import { eachExpr } from './ast.ts';
import type { Expr } from './ast.ts';

/**
 * The shortest plain range (`[5m]`) that any of these expressions reads samples over, ms; undefined
 * where none does.
 */
export function narrowestRangeMs(exprs: readonly Expr[]): number | undefined {
  const found: number[] = [];
  for (const expr of exprs)
    eachExpr(expr, (part) => {
      if (part.type === 'range' && !part.subquery && part.rangeMs !== undefined)
        found.push(part.rangeMs);
    });
  return found.length === 0 ? undefined : Math.min(...found);
}
