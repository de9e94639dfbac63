import { COMPARISONS, eachExpr } from '../../../promql/ast.ts';
import type { Binary, Expr } from '../../../promql/ast.ts';
import { typeOf } from '../../../promql/type-of.ts';
import type { Rule } from '../../rule.ts';

export const boolCondition: Rule = {
  id: 'promql/bool-condition',
  level: 'error',
  title: 'A condition with `bool` that always holds',
  why:
    '`and` and `unless` look at which series are there, not at their values. With `bool` a ' +
    "comparison that doesn't hold gives 0 in place of nothing: the series is always there.",
  mend: 'Leave `bool` out of the condition.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      for (const { op, opAt } of expression.expr ? keptByBool(expression.expr) : [])
        say(expression.at(opAt), `\`${op} bool\` in a condition: it holds whatever the value is`, {
          subject: expression.subject,
        });
  },
};

/** Comparisons with `bool` in conditions of `and` and `unless` by which nothing comes or goes. */
function keptByBool(expr: Expr): Set<Binary> {
  const found = new Set<Binary>();
  eachExpr(expr, (part) => {
    if (part.type !== 'binary' || (part.op !== 'and' && part.op !== 'unless')) return;
    eachExpr(part.right, (inner, within) => {
      // Two scalars can't be compared without.
      const mayGo = inner.type === 'binary' && inner.bool && typeOf(inner) === 'vector';
      if (mayGo && !within.some(decides)) found.add(inner);
    });
  });
  return found;
}

/** Whether it hangs on values, or on what isn't there, what comes of a part. */
function decides(part: Expr): boolean {
  if (part.type === 'binary') return COMPARISONS.has(part.op) && !part.bool;
  if (part.type === 'aggregate') return ['topk', 'bottomk', 'count_values'].includes(part.op);
  return part.type === 'call' && part.name.startsWith('absent');
}
