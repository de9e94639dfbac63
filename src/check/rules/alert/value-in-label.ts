import { PROMETHEUS } from '../../../go-template/languages.ts';
import { parseTemplate } from '../../../go-template/parse.ts';
import type { Template } from '../../../go-template/parse.ts';
import { render } from '../../../go-template/render/index.ts';
import { ruleWorld } from '../../../go-template/render/world.ts';
import type { Rule } from '../../rule.ts';

/**
 * Values from very small to very large, a third apart from each other: steps of `if` tell but a few
 * of them apart.
 */
const VALUES = Array.from({ length: 40 }, (_, i) => 0.0123 * 3 ** (i / 2));

const MOST_STEPS = VALUES.length / 3;

export const valueInLabel: Rule = {
  id: 'alert/value-in-label',
  level: 'error',
  title: "An alert's value in one of its labels",
  why:
    'Labels say which alert it is: with each new value it is another one, which begins its ' +
    '`for` anew and never fires, or fires and resolves at every evaluation.',
  mend: 'Put the value into an annotation.',
  check: ({ rules }, say) => {
    for (const { kind, labels, expression } of rules)
      for (const [name, { text, value }] of kind === 'alert' ? labels : []) {
        const template = parseTemplate(text, PROMETHEUS);
        const from = text.indexOf('{{');
        if (from >= 0 && !template.error && followsValue(template))
          say(
            value.within(from, text.lastIndexOf('}}') + 2),
            `the label \`${name}\` holds the value`,
            {
              subject: expression.subject,
            },
          );
      }
  },
};

/** Whether the text is another one for nearly each value, and not one of a few. */
function followsValue({ nodes }: Template): boolean {
  const texts = VALUES.map((value) => render(nodes, ruleWorld(value, new Map())).text);
  return new Set(texts).size > MOST_STEPS;
}
