import { nearest } from '../../../lib/nearest.ts';
import { selectors } from '../../../promql/ast.ts';
import type { Rule } from '../../rule.ts';

export const unknownMetric: Rule = {
  id: 'promql/unknown-metric',
  level: 'error',
  title: 'A metric that no job exports',
  why: 'The expression never gives a value: the alert never fires, the panel stays empty, and nobody is told.',
  mend: 'Correct the name, or let a job export it and add it to the metrics of contract.yaml.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      for (const { name, matchers, from, to } of expression.expr
        ? selectors(expression.expr)
        : []) {
        if (name === undefined || !metrics.isMissing(name, matchers)) continue;
        const close = nearest(name, metrics.names());
        say(
          expression.at({ from, to: Math.min(to, from + name.length) }),
          metrics.has(name)
            ? `no job that is asked for exports \`${name}\``
            : `no job exports \`${name}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
          { subject: expression.subject },
        );
      }
  },
};
