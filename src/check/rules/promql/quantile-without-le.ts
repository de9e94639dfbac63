import { eachExpr } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { surelyLacks } from '../../../promql/label-set.ts';
import { labelsOf } from '../../../promql/labels.ts';
import type { Rule } from '../../rule.ts';

export const histogramWithoutLe: Rule = {
  id: 'promql/quantile-without-le',
  level: 'error',
  title: '`histogram_quantile` without `le`',
  why: 'The quantile is read from the buckets, which `le` tells apart. Without it nothing comes out.',
  mend: 'Keep `le` in the aggregation: `sum by (job, le) (rate(x_bucket[5m]))`.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          if (part.type !== 'call' || part.name !== 'histogram_quantile') return;
          const buckets = part.args[1];
          if (!buckets || !hasBuckets(buckets)) return;
          if (surelyLacks(labelsOf(buckets, metrics.labels), 'le'))
            say(expression.at(buckets), '`le` is aggregated away before `histogram_quantile`', {
              subject: expression.subject,
            });
        });
  },
};

function hasBuckets(expr: Expr): boolean {
  let found = false;
  eachExpr(expr, (part) => {
    if (part.type === 'selector' && part.name?.endsWith('_bucket')) found = true;
  });
  return found;
}
