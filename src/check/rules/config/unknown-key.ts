import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const unknownConfigKey: Rule = {
  id: 'config/unknown-key',
  level: 'error',
  title: 'A key that the program does not know',
  why:
    'The program refuses its whole configuration: it does not start, or goes on with the old ' +
    'one and tells only its log.',
  mend: 'Correct the key; it may stand a level too high or too low.',
  check: (stack, say) => {
    sayFaults(stack, say, 'configurations', 'unknown-key');
  },
};
