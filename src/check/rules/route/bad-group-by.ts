import { allRoutes } from '../../../alertmanager/routing.ts';
import type { Rule } from '../../rule.ts';

export const badGroupBy: Rule = {
  id: 'route/bad-group-by',
  level: 'error',
  title: 'A grouping that Alertmanager refuses',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Name each label once; `...` stands alone, for it means all of them.',
  check: ({ alertmanagers }, say) => {
    for (const { groupBy } of alertmanagers.flatMap(({ route }) =>
      route ? allRoutes(route) : [],
    )) {
      const seen = new Set<string>();
      const all = groupBy.find(({ text }) => text === '...');
      if (all && groupBy.some(({ text }) => text !== '...'))
        say(all.value.place, '`...` stands beside labels');
      for (const { text, value } of groupBy) {
        if (text !== '...' && seen.has(text)) say(value.place, `\`${text}\` stands here twice`);
        seen.add(text);
      }
    }
  },
};
