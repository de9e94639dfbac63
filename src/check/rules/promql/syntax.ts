import { pinnedVersion, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

export const promqlSyntax: Rule = {
  id: 'promql/syntax',
  level: 'error',
  title: 'An expression that is not PromQL',
  why: 'Prometheus refuses the whole rule file, or the panel shows an error.',
  mend: 'Write it as PromQL; the place is where reading it had to stop.',
  check: (stack, say) => {
    const { expressions, rules } = stack;
    const isOld = (pinnedVersion(stack, PROMETHEUS_IMAGE)?.major ?? 3) < 3;
    for (const expression of expressions) {
      const { error, subject } = expression;
      if (error && !(isOld && error.message.includes('in Prometheus 3')))
        say(
          expression.at({ from: error.from, to: error.from + 1 }),
          `the expression is no PromQL: ${error.message}`,
          { subject },
        );
    }
    for (const { expression, value, name } of rules)
      if (!value.has('expr') && expression.error === undefined)
        say(value.head, `${name} has no expression`);
  },
};
