import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const unknownRuleKey: Rule = {
  id: 'alert/unknown-key',
  level: 'error',
  title: 'A key that Prometheus does not know',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Correct the key.',
  check: (stack, say) => {
    sayFaults(stack, say, 'ruleFiles', 'unknown-key');
  },
};
