import { alertsOf, nameOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const noSummary: Rule = {
  id: 'alert/no-summary',
  level: 'warning',
  title: 'An alert without a summary',
  why: 'Whoever is woken reads a name and labels, and has to guess what is wrong.',
  mend: 'Add an annotation `summary` that says what is wrong, and where.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      if (!['summary', 'message', 'title'].some((key) => rule.annotations.get(key)?.text.trim()))
        say(nameOf(rule), `${rule.name} has no summary`, { subject: subjectOf(rule) });
  },
};
