import { PROMETHEUS } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import { breaksOf } from '../../../go-template/breaks.ts';
import type { Rule } from '../../rule.ts';

export const breakingTemplate: Rule = {
  id: 'template/breaks',
  level: 'error',
  title: 'A template that breaks when it is filled in',
  why: 'It parses, so nobody is told: at the moment of the alert Prometheus sends `<error expanding template …>` in the place of the text.',
  mend: '`$value` is a number with a fraction: it has no fields, is compared with `90.0`, and is formatted by `%f` or `%g`.',
  check: ({ rules }, say) => {
    for (const { annotations, labels, expression } of rules)
      for (const { text, value } of [...annotations.values(), ...labels.values()]) {
        if (!text.includes('{{')) continue;
        const { nodes, error } = parseTemplate(text, PROMETHEUS);
        for (const { from, to, message } of error ? [] : breaksOf(nodes))
          say(value.within(from, to), message, { subject: expression.subject });
      }
  },
};
