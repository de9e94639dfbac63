import { allRoutes } from '../../../alertmanager/routing.ts';
import { nearest } from '../../../lib/nearest.ts';
import { alertLabels } from '../../../stack/alert-labels.ts';
import { surelyLacksLabel } from '../../../stack/routing.ts';
import type { Rule } from '../../rule.ts';

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
