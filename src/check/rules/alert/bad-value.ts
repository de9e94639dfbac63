import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const badRuleValue: Rule = {
  id: 'alert/bad-value',
  level: 'error',
  title: 'A value that a rule cannot have',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Write one text for each label and annotation.',
  check: (stack, say) => {
    sayFaults(stack, say, 'ruleFiles', 'value');
  },
};
