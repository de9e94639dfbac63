import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const badConfigValue: Rule = {
  id: 'config/bad-value',
  level: 'error',
  title: 'A value that the program does not take',
  why:
    'The program refuses its whole configuration: it does not start, or goes on with the old ' +
    'one and tells only its log.',
  mend: 'Write what belongs here.',
  check: (stack, say) => {
    sayFaults(stack, say, 'configurations', 'value');
  },
};
