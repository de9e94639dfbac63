import { allRoutes } from '../../../alertmanager/routing.ts';
import { nearest } from '../../../lib/nearest.ts';
import { alertsOf, subjectOf, USUAL_SEVERITIES } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const unknownSeverity: Rule = {
  id: 'alert/unknown-severity',
  level: 'error',
  title: 'A severity that no route knows',
  why: 'No route asks for it, so the alert is told to whom the rest goes, and perhaps to nobody who is awake.',
  mend: 'Use a severity that a route or an inhibition names, or add a route for it.',
  check: (stack, say) => {
    const { alertmanagers, contract } = stack;
    const matchers = alertmanagers
      .flatMap(({ route, inhibitions }) => [
        ...(route ? allRoutes(route).flatMap((r) => r.matchers) : []),
        ...inhibitions.flatMap((i) => [...i.source, ...i.target]),
      ])
      .filter((m) => m.label === 'severity');
    // Where no route asks for a severity, each is as good as the other.
    if (matchers.length === 0) return;
    const promised =
      contract?.root
        .get('alerts')
        .entries()
        .flatMap((e) => e.value.get('severity').text() ?? []) ?? [];
    const known = [
      ...new Set([
        ...matchers.flatMap((m) => m.value.split('|')),
        ...promised,
        ...USUAL_SEVERITIES,
      ]),
    ];
    for (const rule of alertsOf(stack)) {
      const severity = rule.labels.get('severity');
      if (
        !severity ||
        severity.text === '' ||
        severity.text.includes('{{') ||
        known.includes(severity.text)
      )
        continue;
      // A pattern in a route may take it all the same.
      if (matchers.some((m) => m.op.endsWith('~') && /[^\w|-]/.test(m.value))) continue;
      // One of its own, and no slip of the pen, may be left to where the rest goes on purpose.
      const close = nearest(severity.text, known);
      say(
        severity.value.place,
        `no route knows the severity \`${severity.text}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
        { subject: subjectOf(rule), ...(close === undefined ? { level: 'advice' } : {}) },
      );
    }
  },
};
