import type { Expr } from '../../../promql/ast.ts';
import { COUNTER_FUNCTIONS } from '../../../promql/functions.ts';
import { eachCall } from '../../common/calls-over-ranges.ts';
import type { Rule } from '../../rule.ts';

export const rateOfSum: Rule = {
  id: 'promql/rate-of-sum',
  level: 'error',
  title: 'A rate of a sum',
  why:
    'When one of the counters in the sum begins anew, the whole sum falls, and the rate ' +
    'shows a huge jump that never was.',
  mend: 'Take the rate first, then the sum: `sum by (job) (rate(x[5m]))`.',
  check: ({ expressions }, say) => {
    eachCall(expressions, COUNTER_FUNCTIONS, (expression, call, range) => {
      if (
        range.subquery &&
        range.expr.type === 'aggregate' &&
        range.expr.op === 'sum' &&
        isCounterLike(range.expr.expr)
      )
        say(expression.at(call), `\`${call.name}\` is taken of a sum of counters`, {
          subject: expression.subject,
        });
    });
  },
};

function isCounterLike(expr: Expr): boolean {
  return expr.type === 'selector' && /_(total|count|sum|bucket)$/.test(expr.name ?? '');
}
