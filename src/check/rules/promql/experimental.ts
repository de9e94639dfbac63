import { eachExpr } from '../../../promql/ast.ts';
import { prometheusFeatures } from '../../../stack/prometheus-flags.ts';
import type { Rule } from '../../rule.ts';

const FLAG = 'promql-experimental-functions';

/** What Prometheus knows, and takes only behind the flag (prometheus.io/docs, "Feature flags"). */
const EXPERIMENTAL = new Set([
  'double_exponential_smoothing',
  'info',
  'limit_ratio',
  'limitk',
  'mad_over_time',
  'sort_by_label',
  'sort_by_label_desc',
  'first_over_time',
  'ts_of_first_over_time',
  'ts_of_last_over_time',
  'ts_of_max_over_time',
  'ts_of_min_over_time',
]);

export const experimentalFunction: Rule = {
  id: 'promql/experimental',
  level: 'error',
  title: 'A function that has to be switched on',
  why: 'Without the flag Prometheus refuses the rule file: it does not start, or goes on with the old rules.',
  mend: `Start Prometheus with \`--enable-feature=${FLAG}\`, or do without the function.`,
  check: (stack, say) => {
    const features = prometheusFeatures(stack);
    if (features?.includes(FLAG)) return;
    for (const expression of stack.expressions)
      if (expression.expr)
        eachExpr(expression.expr, (part) => {
          const name = part.type === 'call' ? part.name : part.type === 'aggregate' ? part.op : '';
          if (EXPERIMENTAL.has(name))
            say(expression.at(part), `\`${name}\` is experimental`, {
              subject: expression.subject,
              // Where nothing says how it is started, the flag may be set.
              ...(features ? {} : { level: 'warning' }),
            });
        });
  },
};
