import { eachExpr } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';

export const quantileRange: Rule = {
  id: 'promql/quantile-out-of-range',
  level: 'error',
  title: 'A quantile that is not between 0 and 1',
  why: 'Beyond 1 the result is infinite, below 0 it is minus infinity: 95 is written where 0.95 is meant.',
  mend: 'Write the quantile as a share of 1.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const quantile =
            part.type === 'call' &&
            (part.name === 'histogram_quantile' || part.name === 'quantile_over_time')
              ? part.args[0]
              : part.type === 'aggregate' && part.op === 'quantile'
                ? part.param
                : undefined;
          if (quantile?.type === 'number' && (quantile.value > 1 || quantile.value < 0))
            say(expression.at(quantile), `the quantile ${quantile.value} is not between 0 and 1`, {
              subject: expression.subject,
            });
        });
  },
};
