import { ALERTMANAGER, PROMETHEUS, VMALERT } from '../../go-template/languages.ts';
import { parseTemplate } from '../../go-template/parse.ts';
import type { Template } from '../../go-template/parse.ts';
import { oncePer } from '../../lib/once-per.ts';
import { eachScalar } from '../../stack/source/node.ts';
import { Value } from '../../stack/source/value.ts';
import type { Place } from '../../stack/source/value.ts';
import type { Stack } from '../../stack/index.ts';
import type { Rule } from '../../stack/rules.ts';

/** A template of a stack, parsed. */
export interface ReadTemplate {
  template: Template;
  at: (part: { from: number; to: number }) => Place;
}

/** A template of a rule's annotations or labels. */
export interface RuleTemplate extends ReadTemplate {
  rule: Rule;
  subject: string;
}

/** The templates of rules' annotations and labels, parsed once for all that ask. */
export const ruleTemplates = oncePer(({ rules }: Stack): RuleTemplate[] =>
  rules.flatMap((rule) =>
    [...rule.annotations.values(), ...rule.labels.values()]
      .filter(({ text }) => text.includes('{{'))
      .map(({ text, value }) => ({
        rule,
        subject: `${rule.kind} ${rule.name}`,
        template: parseTemplate(text, rule.group.isVmalerts ? VMALERT : PROMETHEUS),
        at: (part: { from: number; to: number }) => value.within(part.from, part.to),
      })),
  ),
);

/** Alertmanager's template files, and every text of its receivers. */
export function notificationTemplates({
  templates,
  alertmanagers,
}: Stack): (ReadTemplate & { isFile: boolean })[] {
  const files = templates.map((file) => ({
    isFile: true,
    template: parseTemplate(file.text, ALERTMANAGER),
    at: ({ from, to }: { from: number; to: number }) => ({ file, from, to }),
  }));
  return [...files, ...alertmanagers.flatMap(({ root }) => ofReceivers(root.get('receivers')))];
}

function ofReceivers(receivers: Value): (ReadTemplate & { isFile: boolean })[] {
  const texts: (ReadTemplate & { isFile: boolean })[] = [];
  eachScalar(receivers.node, (scalar, _keys, entry) => {
    if (typeof scalar.value !== 'string' || !scalar.value.includes('{{')) return;
    const value = new Value(
      receivers.file,
      scalar,
      entry && { file: receivers.file, from: entry.keyFrom, to: entry.keyTo },
    );
    texts.push({
      isFile: false,
      template: parseTemplate(scalar.value, ALERTMANAGER),
      at: ({ from, to }) => value.within(from, to),
    });
  });
  return texts;
}
