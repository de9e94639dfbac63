import { allRoutes } from '../../../alertmanager/routing.ts';
import { passes, valuesOf } from '../../../promql/matchers.ts';
import { alertLabels } from '../../../stack/alert-labels.ts';
import type { AlertLabels } from '../../../stack/alert-labels.ts';
import type { PlacedMatcher, Route } from '../../../stack/alertmanager.ts';
import { alertsOf } from '../../../stack/alerts.ts';
import { takes } from '../../../stack/routing.ts';
import type { Rule } from '../../rule.ts';

export const shadowedRoute: Rule = {
  id: 'route/shadowed',
  level: 'error',
  title: 'A route that no alert gets to',
  why: 'A route before it takes everything it could take and has no `continue: true`.',
  mend: 'Move it before the other, or add `continue: true` there.',
  check: (stack, say) => {
    const alerts = alertsOf(stack).map((rule) => alertLabels(rule, stack));
    for (const parent of stack.alertmanagers.flatMap(({ route }) =>
      route ? allRoutes(route) : [],
    ))
      parent.routes.forEach((route, i) => {
        const before = parent.routes.slice(0, i).filter((o) => !o.continue && !o.unclear);
        const always = before.find((other) => takesAllOf(other, route));
        const line = (other: Route): number =>
          other.value.file.position(other.value.head.from).line;
        if (always)
          say(route.value.head, `the route at line ${line(always)} takes everything before it`);
        else {
          const today = takenBefore(route, before, alerts);
          if (today)
            say(
              route.value.head,
              `of the alerts here none gets to it: the route at line ${line(today)} takes each before it`,
              { level: 'warning' },
            );
        }
      });
  },
};

/** Whether a route takes whatever another could take, by their matchers alone. */
function takesAllOf(other: Route, route: Route): boolean {
  return other.matchers.every(
    (m) =>
      (m.op === '=~' && m.value === '.*') ||
      (m.label === 'alertname' && m.op === '=~' && m.value === '.+') ||
      route.matchers.some((own) => own.label === m.label && implies(own, m)),
  );
}

/**
 * The route that takes every alert which there is for another. Routes of single alerts stand before
 * the rest on purpose.
 */
function takenBefore(route: Route, before: Route[], alerts: AlertLabels[]): Route | undefined {
  const own = alerts.filter((alert) => takes(route.matchers, alert) !== false);
  if (own.length === 0 || route.unclear) return undefined;
  return before
    .filter(({ matchers }) => matchers.every(({ label }) => label !== 'alertname'))
    .find(({ matchers }) => own.every((alert) => takes(matchers, alert) === true));
}

/** Whether all that passes the one passes the other. */
function implies(one: PlacedMatcher, other: PlacedMatcher): boolean {
  return (
    (one.op === other.op && one.value === other.value) ||
    (valuesOf(one)?.every((value) => passes(other, value) === true) ?? false)
  );
}
