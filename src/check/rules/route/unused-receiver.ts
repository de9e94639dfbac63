import { allRoutes } from '../../../alertmanager/routing.ts';
import type { Rule } from '../../rule.ts';

export const unusedReceiver: Rule = {
  id: 'route/unused-receiver',
  level: 'warning',
  title: 'A receiver that nobody routes to',
  why: 'Whoever set it up believes to be told, and never is.',
  mend: 'Add a route to it, or remove it.',
  check: ({ alertmanagers }, say) => {
    for (const { route, receivers } of alertmanagers) {
      if (!route) continue;
      const used = new Set(allRoutes(route).map((r) => r.receiver));
      for (const { name, value } of receivers)
        if (!used.has(name)) say(value.get('name').place, `no route leads to \`${name}\``);
    }
  },
};
