import { eachExpr } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';

export const quantileOfWhat: Rule = {
  id: 'promql/quantile-of-no-buckets',
  level: 'error',
  title: '`histogram_quantile` of what is no bucket',
  why: 'The sum and the count of a histogram hold no buckets, so no quantile can be read from them.',
  mend: 'Use the series with `_bucket`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const buckets =
            part.type === 'call' && part.name === 'histogram_quantile' ? part.args[1] : undefined;
          if (buckets)
            eachExpr(buckets, (inner) => {
              if (inner.type === 'selector' && /_(sum|count)$/.test(inner.name ?? ''))
                say(expression.at(inner), `\`${inner.name ?? ''}\` has no buckets`, {
                  subject: expression.subject,
                });
            });
        });
  },
};
