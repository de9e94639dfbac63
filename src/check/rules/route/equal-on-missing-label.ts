import { alertLabels } from '../../../stack/alert-labels.ts';
import { surelyLacksLabel, takes } from '../../../stack/routing.ts';
import type { Rule } from '../../rule.ts';

export const equalOnMissing: Rule = {
  id: 'route/equal-on-missing-label',
  level: 'warning',
  title: 'An inhibition by a label that neither side has',
  why: 'A label that is missing on both sides counts as equal: one alert silences all others, wherever they come from.',
  mend: 'Compare a label that the alerts have; to silence everything is said by leaving `equal` out.',
  check: (stack, say) => {
    const alerts = stack.rules
      .filter(({ kind }) => kind === 'alert')
      .map((rule) => alertLabels(rule, stack));
    for (const { source, target, equal, unclear } of stack.alertmanagers.flatMap(
      (one) => one.inhibitions,
    )) {
      const [sources, targets] = [source, target].map((matchers) =>
        alerts.filter((alert) => takes(matchers, alert) !== false),
      );
      if (unclear || !sources?.length || !targets?.length) continue;
      for (const { text, value } of equal)
        if ([...sources, ...targets].every((alert) => surelyLacksLabel(alert, text)))
          say(value.place, `no alert has \`${text}\`: one of them silences all`);
    }
  },
};
