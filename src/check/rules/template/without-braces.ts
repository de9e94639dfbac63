import { alertsOf, subjectOf } from '../../../stack/alerts.ts';
import type { Rule } from '../../rule.ts';

/** What is within braces is filled in, or told as what doesn't parse. */
const ACTION = /\{\{.*?(?:\}\}|$)/gs;
/** An alert's label or value: as a template names it, or as other languages would. */
const NAMED = /\$(?:labels|externalLabels)\.\w+|\$value\b|\$\{(?:labels\.\w+|value)\}/g;

export const withoutBraces: Rule = {
  id: 'template/without-braces',
  level: 'error',
  title: 'A label or value without its braces',
  why: 'Nothing is filled in outside of `{{ }}`: people read `$labels.instance` as it stands.',
  mend: 'Put it in two braces: `{{ $labels.instance }}`.',
  check: (stack, say) => {
    for (const rule of alertsOf(stack))
      for (const { text, value } of [...rule.annotations.values(), ...rule.labels.values()]) {
        const outside = text.replace(ACTION, (action) => ' '.repeat(action.length));
        for (const { 0: name, index } of outside.matchAll(NAMED))
          say(
            value.within(index, index + name.length),
            `\`${name}\` stands outside of \`{{ }}\`, and is sent as it is`,
            { subject: subjectOf(rule), mend: `Write \`{{ ${inBraces(name)} }}\`.` },
          );
      }
  },
};

/** `${labels.job}` → `$labels.job`. */
function inBraces(name: string): string {
  return name.replace(/^\$\{(.*)\}$/, '$$$1');
}
