import { alertLabels } from '../../../stack/alert-labels.ts';
import type { AlertLabels } from '../../../stack/alert-labels.ts';
import { fixed, surelyHas, surelyLacksLabel, takes } from '../../../stack/routing.ts';
import { isUsual, matchersText } from '../../common/route-matchers.ts';
import type { Extra, Rule } from '../../rule.ts';

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
        subject: `inhibition of ${matchersText(target)} by ${matchersText(source)}`,
        // That what is worse holds back what is less bad stands there for alerts to come.
        ...([...source, ...target].every(isUsual) ? { level: 'advice' } : {}),
      };
      if (sources.length === 0)
        say(value.head, `no alert is a cause: none has ${matchersText(source)}`, extra);
      else if (targets.length === 0)
        say(value.head, `no alert is a consequence: none has ${matchersText(target)}`, extra);
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
