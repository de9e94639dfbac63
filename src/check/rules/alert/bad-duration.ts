import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const badRuleDuration: Rule = {
  id: 'alert/bad-duration',
  level: 'error',
  title: 'A duration that is none',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Write it as `30s`, `5m`, `1h30m`: largest unit first, no blanks, no fractions.',
  check: (stack, say) => {
    sayFaults(stack, say, 'ruleFiles', 'duration');
  },
};
