import { sayFaults } from '../../common/faults.ts';
import type { Rule } from '../../rule.ts';

export const badConfigDuration: Rule = {
  id: 'config/bad-duration',
  level: 'error',
  title: 'A duration that is none',
  why:
    'The program refuses its whole configuration: it does not start, or goes on with the old ' +
    'one and tells only its log.',
  mend: 'Write it as `30s`, `5m`, `1h30m`: a unit behind each number, largest first, no blanks, no fractions.',
  check: (stack, say) => {
    sayFaults(stack, say, 'configurations', 'duration');
  },
};
