import { allRoutes } from '../../../alertmanager/routing.ts';
import type { Rule } from '../../rule.ts';

export const badMatcher: Rule = {
  id: 'route/bad-matcher',
  level: 'error',
  title: 'A matcher that is none',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Write a label, one of = != =~ !~, and a value in double quotes: `severity="critical"`.',
  check: ({ alertmanagers }, say) => {
    for (const route of alertmanagers.flatMap((a) => (a.route ? allRoutes(a.route) : [])))
      if (route.unclear) say(route.value.get('matchers').place, "these matchers can't be read");
    for (const inhibition of alertmanagers.flatMap((a) => a.inhibitions))
      if (inhibition.unclear)
        say(inhibition.value.head, "the matchers of this inhibition can't be read");
  },
};
