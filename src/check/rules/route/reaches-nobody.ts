import { alertLabels } from '../../../stack/alert-labels.ts';
import { allRoutes } from '../../../alertmanager/routing.ts';
import type { AlertLabels } from '../../../stack/alert-labels.ts';
import type { Alertmanager, PlacedMatcher, Receiver } from '../../../stack/alertmanager.ts';
import { alertsOf } from '../../../stack/alerts.ts';
import { passes } from '../../../promql/matchers.ts';
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
      const meant = receivers.some((one) => isOnPurpose(one, stack.alertmanagers, rule.name));
      for (const receiver of meant ? [] : receivers)
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

/** What people call the receiver that what nobody needs to hear of is led to. */
const NOBODY =
  /^(null|nil|none|nobody|no-?one|no-?op|empty|(dev-?)?null|black-?hole|void|sink|drop(ped)?|discard(ed)?|ignored?|silent|silenced|mute[d]?|trash)$/i;

/**
 * Whether an alert is led to a receiver without integrations on purpose: away from where the rest
 * goes, to one that is called so, or by the alert's own name.
 */
function isOnPurpose({ name }: Receiver, alertmanagers: Alertmanager[], alert: string): boolean {
  return alertmanagers.some(({ route }) => {
    if (!route || route.receiver === name) return false;
    const routes = allRoutes(route).filter(({ receiver }) => receiver === name);
    return (
      routes.length > 0 &&
      (NOBODY.test(name) || routes.some(({ matchers }) => matchers.some((m) => names(m, alert))))
    );
  });
}

/** Whether a matcher asks for this alert by name, and not for any. */
function names(matcher: PlacedMatcher, alert: string): boolean {
  return (
    matcher.label === 'alertname' &&
    passes(matcher, alert) === true &&
    passes(matcher, 'AnyOther') === false
  );
}

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
