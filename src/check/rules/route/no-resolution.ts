import { alertLabels } from '../../../stack/alert-labels.ts';
import type { Alertmanager } from '../../../stack/alertmanager.ts';
import type { Stack } from '../../../stack/index.ts';
import { receiversOf } from '../../../stack/routing.ts';
import type { Rule as PrometheusRule } from '../../../stack/rules.ts';
import type { Rule } from '../../rule.ts';

export const noResolution: Rule = {
  id: 'route/no-resolution',
  level: 'warning',
  title: 'No message when it is over',
  why: 'People who were woken have to look for themselves whether it still holds.',
  mend: 'Set `send_resolved: true`.',
  check: (stack, say) => {
    const receivers = stack.alertmanagers.flatMap((alertmanager) =>
      alertmanager.receivers.map((receiver) => ({ ...receiver, alertmanager })),
    );
    for (const { name, integrations, alertmanager } of receivers) {
      const reaching = reachedBy(alertmanager, name, stack);
      // What always fires never ends.
      if (reaching.sure.length === 0 && reaching.always && !reaching.perhaps) continue;
      for (const { kind, value, sendResolved } of integrations) {
        const said = value.get('send_resolved');
        if (said.isFalse() && reaching.sure.length > 0)
          say(said.place, `\`${name}\` isn't told when it is over`, { level: 'advice' });
        else if (!said.exists && !sendResolved) {
          // To tell more people more is for somebody to decide: it is no mend of --fix.
          say(
            value.head,
            `\`${name}\` isn't told when it is over: for ${kind} that is the default`,
          );
        }
      }
    }
  },
};

/**
 * The alerts that surely reach a receiver and may end; whether one that always fires does, and
 * whether others may.
 */
function reachedBy(
  { route }: Alertmanager,
  name: string,
  stack: Stack,
): { sure: PrometheusRule[]; always: boolean; perhaps: boolean } {
  const alerts = stack.rules
    .filter((r) => r.kind === 'alert')
    .map((rule) => ({
      rule,
      always: isAlways(rule.expression.expr),
      receivers: route && receiversOf(route, alertLabels(rule, stack)),
    }));
  return {
    sure: alerts.filter((a) => !a.always && a.receivers?.includes(name)).map((a) => a.rule),
    always: alerts.some((a) => a.always && (a.receivers?.includes(name) ?? true)),
    perhaps: alerts.some((a) => !a.always && a.receivers === undefined),
  };
}

function isAlways(expr: { type: string; name?: unknown } | undefined): boolean {
  return expr?.type === 'call' && expr.name === 'vector';
}
