import { allRoutes } from '../../../alertmanager/routing.ts';
import { nearest } from '../../../lib/nearest.ts';
import type { Rule } from '../../rule.ts';

export const undefinedReceiver: Rule = {
  id: 'route/undefined-receiver',
  level: 'error',
  title: 'A route to a receiver that does not exist',
  why: 'Alertmanager refuses its whole configuration.',
  mend: 'Correct the name, or add the receiver.',
  check: ({ alertmanagers }, say) => {
    for (const { receivers, route: root } of alertmanagers) {
      const names = receivers.map((r) => r.name);
      for (const route of root ? allRoutes(root) : []) {
        const named = route.value.get('receiver');
        const close = nearest(named.text() ?? '', names);
        // An empty one is inherited.
        if (named.text() && !names.includes(named.text() ?? ''))
          say(
            named.place,
            `there is no receiver \`${named.text() ?? ''}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
          );
      }
      if (root && !root.value.get('receiver').exists)
        say(root.value.head, 'the root route has no receiver');
    }
  },
};
