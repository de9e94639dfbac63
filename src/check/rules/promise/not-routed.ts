import { alertLabels } from '../../../stack/alert-labels.ts';
import { receiversOf } from '../../../stack/routing.ts';
import { promisedAlerts } from '../../promises/promised.ts';
import type { Rule } from '../../rule.ts';

export const promiseNotRouted: Rule = {
  id: 'promise/not-routed',
  level: 'error',
  title: 'An alert that is routed to others than the contract promises',
  why: 'Who was promised to be told is not, or others are woken for what is none of their business.',
  mend: 'Correct the routes of alertmanager.yml, or the receivers in the contract.',
  check: (stack, say) => {
    const roots = stack.alertmanagers.flatMap(({ route }) => route ?? []);
    for (const { name, rule, receivers, place } of roots.length > 0 ? promisedAlerts(stack) : []) {
      const each = rule ? roots.map((root) => receiversOf(root, alertLabels(rule, stack))) : [];
      const reached = each.includes(undefined) ? undefined : each.flatMap((names) => names ?? []);
      if (!rule || !reached || !receivers) continue;
      const [missing, added] = [
        receivers.filter((r) => !reached.includes(r)),
        reached.filter((r) => !receivers.includes(r)),
      ];
      if (missing.length + added.length === 0) continue;
      const told = [
        ...(missing.length > 0 ? [`is not routed to ${missing.join(', ')}`] : []),
        ...(added.length > 0
          ? [`is routed to ${[...new Set(added)].join(', ')}, which nobody promised`]
          : []),
      ];
      say(place, `${name} ${told.join(', and ')}`, { subject: `alert ${name}` });
    }
  },
};
