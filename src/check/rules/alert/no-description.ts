import { alertsOf, nameOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const noDescription: Rule = {
  id: 'alert/no-description',
  level: 'advice',
  title: 'An alert without a description',
  why: 'The summary says what; the value and what follows from it belong somewhere too.',
  mend: 'Add an annotation `description` with the value and what it means.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (
        rule.annotations.has('summary') &&
        !['description', 'message'].some((key) => rule.annotations.get(key)?.text.trim())
      )
        say(nameOf(rule), `${rule.name} has no description`, { subject: subjectOf(rule) });
  },
};
