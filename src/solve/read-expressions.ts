import { eachExpr } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import type { Recorded } from './leaves.ts';

/** An expression, and those of all recording rules that it reads, each once. */
export function readExpressions(expr: Expr, recorded: Recorded): Expr[] {
  const read = new Set([expr]);
  // What is added while it is gone through is gone through, too.
  for (const one of read)
    eachExpr(one, (part) => {
      const rules = part.type === 'selector' ? recorded.get(part.name ?? '') : undefined;
      for (const rule of rules ?? []) if (rule.expr) read.add(rule.expr);
    });
  return [...read];
}
