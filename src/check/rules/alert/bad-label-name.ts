import { pinnedVersion, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Value } from '../../../stack/source/value.ts';
import type { Rule } from '../../rule.ts';
import { labelFault } from '../../schemas/scalars.ts';

const PLAIN = /^[a-zA-Z_]\w*$/;

export const badRuleLabel: Rule = {
  id: 'alert/bad-label-name',
  level: 'error',
  title: 'A name that a label cannot have',
  why: 'Prometheus refuses the whole rule file.',
  mend: "Write letters, digits and `_`; the metric's own name is no label of a rule.",
  check: (stack, say) => {
    const pinned = pinnedVersion(stack, PROMETHEUS_IMAGE)?.major;
    const old = (pinned ?? 3) < 3;
    const judge = (labels: Value, subject: string): void => {
      for (const { key, value } of labels.entries()) {
        const fault = labelFault(key);
        if (fault) say(value.keyPlace, fault.message, { subject });
        else if (!PLAIN.test(key))
          say(value.keyPlace, `\`${key}\` is no plain name for a label`, {
            subject,
            ...(old
              ? {}
              : {
                  level: pinned === undefined ? 'warning' : 'advice',
                  why:
                    'Templates and matchers reach it only in quotes, and Prometheus before version 3 refuses ' +
                    'the file.',
                }),
          });
      }
    };
    for (const { value, name } of stack.groups) judge(value.get('labels'), `group ${name}`);
    for (const { value, expression } of stack.rules) judge(value.get('labels'), expression.subject);
  },
};
