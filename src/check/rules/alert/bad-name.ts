import { nameOf } from '../../../stack/alerts.ts';
import { pinnedVersion, PROMETHEUS_IMAGE } from '../../../stack/pinned.ts';
import type { Rule } from '../../rule.ts';

/** What needs no quotes in PromQL, and the only form before Prometheus 3. */
const PLAIN = /^[a-zA-Z_:][\w:]*$/;

export const badRuleName: Rule = {
  id: 'alert/bad-name',
  level: 'error',
  title: 'A name that a rule or a group cannot have',
  why: 'Prometheus refuses the whole rule file.',
  mend: 'Name a recording rule `level:metric:operations`, with letters, digits, `_` and `:`; give every group a name.',
  check: (stack, say) => {
    const old = (pinnedVersion(stack, PROMETHEUS_IMAGE)?.major ?? 3) < 3;
    for (const { value, name } of stack.groups)
      if (name === '')
        say(
          value.get('name').exists ? value.get('name').place : value.head,
          'the group has no name',
        );
    for (const rule of stack.rules) {
      const subject = `${rule.kind} ${rule.name}`;
      if (rule.name === '' && rule.value.get(rule.kind).exists)
        say(nameOf(rule), 'the name is empty');
      if (rule.kind !== 'record' || rule.name === '' || PLAIN.test(rule.name)) continue;
      if (/[{}]/.test(rule.name) || old)
        say(nameOf(rule), `\`${rule.name}\` is no name of a metric`, { subject });
      else
        say(nameOf(rule), `\`${rule.name}\` must be quoted in every query`, {
          subject,
          level: 'warning',
          why:
            'Prometheus takes any name since version 3, but in a query it must be written as ' +
            '`{"name"}`; older ones refuse the file.',
        });
    }
  },
};
