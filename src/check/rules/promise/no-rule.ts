import { promisedAlerts } from '../../promises/promised.ts';
import type { Rule } from '../../rule.ts';

export const promiseWithoutRule: Rule = {
  id: 'promise/no-rule',
  level: 'error',
  title: 'A promised alert that has no rule',
  why: 'What the contract promises is never noticed.',
  mend: 'Add a rule of this name, or take the alert out of the contract.',
  check: (stack, say) => {
    for (const { name, rule, place } of stack.prometheus.length > 0 ? promisedAlerts(stack) : [])
      if (!rule) say(place, `no rule is named ${name}`, { subject: `alert ${name}` });
  },
};
