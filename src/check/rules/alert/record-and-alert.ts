import type { Rule } from '../../rule.ts';

export const recordAndAlert: Rule = {
  id: 'alert/record-and-alert',
  level: 'error',
  title: 'A rule that is an alert and a recording rule, or neither',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Write two rules: one with `record`, one with `alert`.',
  check: ({ rules }, say) => {
    for (const { value } of rules) {
      const [alert, record] = [value.get('alert'), value.get('record')];
      if (alert.exists && record.exists)
        say(record.keyPlace, '`record` stands beside `alert`: a rule is one of them');
      if (!alert.exists && !record.exists)
        say(value.head, 'the rule has neither `alert` nor `record`');
    }
  },
};
