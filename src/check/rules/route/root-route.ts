import type { Rule } from '../../rule.ts';

const MATCHERS = ['match', 'match_re', 'matchers'];

const INTERVALS = ['mute_time_intervals', 'active_time_intervals'];

export const rootRoute: Rule = {
  id: 'route/root-route',
  level: 'error',
  title: 'A root route that does not take every alert at every time',
  why: 'Alertmanager refuses its whole configuration: what no other route takes must go somewhere.',
  mend: 'Move it to a route below the root.',
  check: ({ alertmanagers }, say) => {
    const roots = alertmanagers.filter(({ partial }) => !partial);
    for (const { key, value } of roots.flatMap(({ route }) => route?.value.entries() ?? [])) {
      const filled = value.entries().length > 0 || value.texts().length > 0;
      if (MATCHERS.includes(key) && filled)
        say(value.keyPlace, `the root route has \`${key}\`, and must take every alert`);
      if (INTERVALS.includes(key) && filled)
        say(value.keyPlace, `the root route has \`${key}\`, and must hold at every time`);
      if (key === 'continue' && value.isTrue())
        say(value.keyPlace, 'the root route has `continue`, and nothing stands beside it');
    }
  },
};
