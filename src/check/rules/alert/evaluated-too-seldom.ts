import { formatDuration } from '../../../lib/duration.ts';
import { alertsOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

export const seldomEvaluated: Rule = {
  id: 'alert/evaluated-too-seldom',
  level: 'warning',
  title: 'A group that is evaluated more seldom than `for` needs',
  why:
    '`for` is compared at evaluations only: it is rounded up to whole intervals, so an alert ' +
    'that should fire after one minute fires after five.',
  mend: 'Give the group an `interval` of at most half of `for`, or a group of its own.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack)) {
      const intervalMs = rule.group.evaluationMs;
      if (
        intervalMs !== undefined &&
        rule.forMs !== undefined &&
        rule.forMs > 0 &&
        intervalMs > rule.forMs
      )
        say(
          rule.value.get('for').place,
          `\`for: ${formatDuration(rule.forMs)}\` in a group that is evaluated every ${formatDuration(intervalMs)}`,
          { subject: subjectOf(rule) },
        );
    }
  },
};
