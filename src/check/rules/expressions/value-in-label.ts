import { PROMETHEUS } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import { usesOf } from '../../../go-template/uses.ts';
import type { Rule } from '../../rule.ts';

export const valueInLabel: Rule = {
  id: 'alert/value-in-label',
  level: 'error',
  title: "An alert's value in one of its labels",
  why: 'Labels say which alert it is: with each new value it is another one, which begins its `for` anew and never fires, or fires and resolves at every evaluation.',
  mend: 'Put the value into an annotation.',
  check: ({ rules }, say) => {
    for (const { kind, labels, expression } of rules)
      for (const [name, { text, value }] of kind === 'alert' ? labels : [])
        for (const { action } of usesOf(parseTemplate(text, PROMETHEUS).nodes).values)
          say(value.within(action.from, action.to), `the label \`${name}\` holds the value`, {
            subject: expression.subject,
          });
  },
};
