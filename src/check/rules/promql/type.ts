import { wrongTypes } from '../../../promql/wrong-types.ts';
import type { Rule } from '../../rule.ts';

export const promqlType: Rule = {
  id: 'promql/type',
  level: 'error',
  title: 'An expression of the wrong type',
  why: 'Prometheus refuses it before it reads any data: `rate` wants a range, an alert wants an instant vector.',
  mend: 'Add the range in brackets (`[5m]`) where one is wanted, or remove it where none is.',
  check: ({ expressions }, say) => {
    for (const expression of expressions) {
      const { expr, subject } = expression;
      if (!expr || expression.isMetricsql) continue;
      for (const { part, message } of wrongTypes(expr))
        say(expression.at(part), message, { subject });
    }
  },
};
