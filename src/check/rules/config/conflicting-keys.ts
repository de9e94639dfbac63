import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const conflictingConfigKeys: Rule = {
  id: 'config/conflicting-keys',
  level: 'error',
  title: 'Keys that exclude each other',
  why:
    'The program refuses its whole configuration: it does not start, or goes on with the old ' +
    'one and tells only its log.',
  mend: 'Leave one of them.',
  check: (stack, say) => {
    sayFaults(stack, say, 'configurations', 'conflicting-keys');
  },
};
