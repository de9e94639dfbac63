import type { Rule } from '../../rule.ts';

export const recordWithAlertKeys: Rule = {
  id: 'alert/record-with-alert-keys',
  level: 'error',
  title: 'A recording rule with what only an alert has',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Remove it; an alert on what is recorded is a rule of its own.',
  check: ({ rules }, say) => {
    for (const { kind, value, expression, group } of rules)
      // vmalert has one form for both kinds of rules, and takes them.
      if (kind === 'record' && !group.isVmalerts)
        for (const key of ['for', 'keep_firing_for', 'annotations'])
          if (value.get(key).exists)
            say(value.get(key).keyPlace, `a recording rule has no \`${key}\``, {
              subject: expression.subject,
            });
  },
};
