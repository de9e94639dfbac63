import { alertLabels } from '../../../stack/alert-labels.ts';
import type { AlertLabels } from '../../../stack/alert-labels.ts';
import type { Alertmanager, Receiver } from '../../../stack/alertmanager.ts';
import { alertsOf } from '../../../stack/alerts.ts';
import { receiversOf } from '../../../stack/routing.ts';
import type { Rule } from '../../rule.ts';

/** So many alerts of a receiver are named. */
const SHOWN = 3;

export const reachesNobody: Rule = {
  id: 'route/reaches-nobody',
  level: 'error',
  title: 'An alert that reaches no receiver',
  why: 'It fires in Prometheus, and nobody is ever told.',
  mend: 'Give the receiver that its route leads to an integration, or lead the route to one that has.',
  check: (stack, say) => {
    const unheard = new Map<Receiver, string[]>();
    for (const rule of stack.alertmanagers.length > 0 ? alertsOf(stack) : []) {
      const severity = rule.labels.get('severity')?.text;
      // What nobody needs to be told is led to an empty receiver on purpose.
      if (severity === 'none' || severity === 'info') continue;
      const labels = alertLabels(rule, stack);
      const reached = stack.alertmanagers.map((one) => receiversReached(one, labels));
      const receivers = reached.includes(undefined) ? [] : reached.flatMap((r) => r ?? []);
      if (!receivers.every((r): r is Receiver => r?.integrations.length === 0)) continue;
      for (const receiver of receivers)
        unheard.set(receiver, [...(unheard.get(receiver) ?? []), rule.name]);
    }
    for (const [{ name, value }, alerts] of unheard)
      say(
        value.get('name').place,
        `\`${name}\` tells nobody, and is all that ${few(alerts)} reach`,
        {
          subject: `receiver ${name}`,
        },
      );
  },
};

/** The first names of a list, and how many more there are. */
function few(names: readonly string[]): string {
  const different = [...new Set(names)];
  const shown = different.slice(0, SHOWN).join(', ');
  return different.length > SHOWN ? `${shown} and ${different.length - SHOWN} more` : shown;
}

/**
 * The receivers that an alert surely reaches by one Alertmanager; undefined when that can't be
 * decided.
 */
function receiversReached(
  { route, receivers }: Alertmanager,
  alert: AlertLabels,
): (Receiver | undefined)[] | undefined {
  const names = route && receiversOf(route, alert);
  return names?.map((name) => receivers.find((r) => r.name === name));
}
