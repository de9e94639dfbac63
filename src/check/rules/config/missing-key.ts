import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const missingConfigKey: Rule = {
  id: 'config/missing-key',
  level: 'error',
  title: 'A key that must be there',
  why:
    'The program refuses its whole configuration: it does not start, or goes on with the old ' +
    'one and tells only its log.',
  mend: 'Add it.',
  check: (stack, say) => {
    sayFaults(stack, say, 'configurations', 'missing-key');
  },
};
