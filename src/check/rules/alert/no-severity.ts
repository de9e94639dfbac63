import { alertsOf, nameOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const noSeverity: Rule = {
  id: 'alert/no-severity',
  level: 'warning',
  title: 'An alert without a severity',
  why: 'The severity decides who is woken. Without it the alert goes wherever the last route leads.',
  mend: 'Add a label `severity`.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (!rule.labels.get('severity')?.text.trim())
        say(nameOf(rule), `${rule.name} has no severity`, { subject: subjectOf(rule) });
  },
};
