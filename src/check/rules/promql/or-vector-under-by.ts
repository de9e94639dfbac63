import { eachExpr, SET_OPERATORS } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { typeOf } from '../../../promql/type-of.ts';
import type { Rule } from '../../rule.ts';

export const orVector: Rule = {
  id: 'promql/or-vector-under-by',
  level: 'advice',
  title: 'A substitute without labels where labels are compared',
  why:
    '`vector(0)` has no labels: it stands in a group of its own, and never in the place of ' +
    'the group that has nothing.',
  mend: 'Aggregate without `by`, or take something that has the labels: `or (sum by (job) (up) * 0)`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part, within) => {
          if (part.type !== 'binary' || part.op !== 'or' || !isConstant(part.right)) return;
          const aggregate = within.findLast((p) => p.type === 'aggregate');
          const grouped = aggregate?.grouping !== undefined && aggregate.grouping.labels.length > 0;
          const outer = within.at(-1);
          const joined =
            outer?.type === 'binary' &&
            !SET_OPERATORS.has(outer.op) &&
            [outer.left, outer.right].every((side) => typeOf(side) === 'vector') &&
            hasLabels(part.left);
          const alone = within.length === 0 && expression.use !== 'alert' && hasLabels(part.left);
          if (grouped || joined || alone)
            say(
              expression.at(part.right),
              `\`${expression.text.slice(part.right.from, part.right.to)}\` has no labels, and the ` +
                (joined ? 'other side has' : 'groups have'),
              { subject: expression.subject },
            );
        });
  },
};

function isConstant(expr: Expr): boolean {
  return expr.type === 'call' && expr.name === 'vector' && expr.args[0]?.type === 'number';
}

/** Whether it gives groups, each with labels of its own. */
function hasLabels(expr: Expr): boolean {
  if (expr.type === 'aggregate')
    return expr.grouping !== undefined && expr.grouping.labels.some(({ name }) => name !== 'le');
  if (expr.type === 'binary')
    return !SET_OPERATORS.has(expr.op) && [expr.left, expr.right].some(hasLabels);
  return expr.type === 'call' && expr.name === 'histogram_quantile' && expr.args.some(hasLabels);
}
