import { alertLabels } from '../../../stack/alert-labels.ts';
import type { Route } from '../../../stack/alertmanager.ts';
import { takes } from '../../../stack/routing.ts';
import { jobNobodyHas } from '../../common/job-nobody-has.ts';
import { isUsual, matchersText } from '../../common/route-matchers.ts';
import type { Rule } from '../../rule.ts';

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
            `no alert has ${matchersText(child.matchers)}`,
            child.matchers.every(isUsual) ? { level: 'advice' } : {},
          );
        else judge(child);
      }
    };
    for (const { route } of stack.alertmanagers) if (route) judge(route);
  },
};
