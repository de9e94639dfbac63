import { nearest } from '../../lib/nearest.ts';
import type { Extra, Rule } from '../rule.ts';
import { alertLabels } from '../../stack/alert-labels.ts';
import type { AlertLabels } from '../../stack/alert-labels.ts';
import { allRoutes } from '../../alertmanager/routing.ts';
import type { Alertmanager, PlacedMatcher, Receiver, Route } from '../../stack/alertmanager.ts';
import { USUAL_SEVERITIES, alertsOf } from '../../stack/alerts.ts';
import { jobNobodyHas } from './route-jobs.ts';
import { fixed, receiversOf, surelyHas, surelyLacksLabel, takes } from '../../stack/routing.ts';

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

export const deadRoute: Rule = {
  id: 'route/matches-nothing',
  level: 'warning',
  title: 'A route that no alert fits',
  why: 'Whoever it leads to is never told by it, and believes to be.',
  mend: 'Correct its matchers, or remove the route.',
  check: (stack, say) => {
    const alerts = stack.rules.filter((r) => r.kind === 'alert').map((r) => alertLabels(r, stack));
    if (alerts.length === 0) return;
    const ofNoJob = jobNobodyHas(stack);
    const fits = ({ matchers }: Route): boolean =>
      !matchers.some((one) => ofNoJob?.(one)) && alerts.some((a) => takes(matchers, a) !== false);
    const judge = (route: Route): void => {
      for (const child of route.routes) {
        if (!child.unclear && !fits(child))
          say(
            child.value.head,
            `no alert has ${shown(child.matchers)}`,
            child.matchers.every(isUsual) ? { level: 'advice' } : {},
          );
        else judge(child);
      }
    };
    for (const { route } of stack.alertmanagers) if (route) judge(route);
  },
};

export const deadInhibition: Rule = {
  id: 'route/inhibition-never-matches',
  level: 'warning',
  title: 'An inhibition that can never match',
  why: 'When the cause fires, people are told of all its consequences as well.',
  mend: 'Correct the matchers; `equal` may name only labels that both alerts have, or both lack.',
  check: (stack, say) => {
    const alerts = stack.rules.filter((r) => r.kind === 'alert').map((r) => alertLabels(r, stack));
    if (alerts.length === 0) return;
    const inhibitions = stack.alertmanagers.flatMap((one) => one.inhibitions);
    for (const { value, source, target, equal, unclear } of inhibitions) {
      if (unclear) continue;
      const [sources, targets] = [source, target].map((matchers) =>
        alerts.filter((a) => takes(matchers, a) !== false),
      ) as [AlertLabels[], AlertLabels[]];
      const extra: Extra = {
        subject: `inhibition of ${shown(target)} by ${shown(source)}`,
        // That what is worse holds back what is less bad stands there for alerts to come.
        ...([...source, ...target].every(isUsual) ? { level: 'advice' } : {}),
      };
      if (sources.length === 0)
        say(value.head, `no alert is a cause: none has ${shown(source)}`, extra);
      else if (targets.length === 0)
        say(value.head, `no alert is a consequence: none has ${shown(target)}`, extra);
      else {
        // A label that both lack counts as equal (alertmanager/inhibit/inhibit.go).
        const odd = equal.find(({ text }) =>
          sources.every((s) =>
            targets.every(
              (t) =>
                (surelyHas(s, text) && surelyLacksLabel(t, text)) ||
                (surelyLacksLabel(s, text) && surelyHas(t, text)) ||
                (fixed(s, text) !== undefined &&
                  fixed(t, text) !== undefined &&
                  fixed(s, text) !== fixed(t, text)),
            ),
          ),
        );
        if (odd)
          say(
            odd.value.place,
            `\`${odd.text}\` is never equal: cause and consequence never have the same`,
            extra,
          );
      }
    }
  },
};

export const lostGroupLabel: Rule = {
  id: 'route/unknown-group-label',
  level: 'warning',
  title: 'A group label that no alert has',
  why: 'It groups nothing: alerts that were to come apart come in one message.',
  mend: 'Group by labels that the alerts have.',
  check: (stack, say) => {
    const alerts = stack.rules.filter((r) => r.kind === 'alert').map((r) => alertLabels(r, stack));
    if (alerts.length === 0) return;
    for (const route of stack.alertmanagers.flatMap((a) => (a.route ? allRoutes(a.route) : [])))
      for (const { text, value } of route.groupBy) {
        if (text === '...' || alerts.some((a) => !surelyLacksLabel(a, text))) continue;
        const known = [
          ...new Set(alerts.flatMap((a) => [...a.fixed.keys(), ...(a.set.may ?? [])])),
        ];
        say(
          value.place,
          'no alert has the label ' +
            `\`${text}\`${((close) => (close === undefined ? '' : `; is \`${close}\` meant?`))(nearest(text, known))}`,
        );
      }
  },
};

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

function shown(matchers: PlacedMatcher[]): string {
  return matchers.map((m) => `${m.label}${m.op}"${m.value}"`).join(', ');
}

/** A route for one of the severities that everybody has stands there for alerts to come. */
function isUsual({ label, value }: PlacedMatcher): boolean {
  return label === 'severity' && value.split('|').every((one) => USUAL_SEVERITIES.includes(one));
}
