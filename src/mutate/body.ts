import type { RuleBody } from '../model/rule-body.ts';
import type { Rule } from '../stack/rules.ts';

/** A rule as it stands in its file, keys that it doesn't have left out. */
export function bodyOf(rule: Rule): RuleBody {
  const text = (key: string): string | undefined => rule.value.get(key).text();
  const [held, kept] = [text('for'), text('keep_firing_for')];
  return {
    [rule.kind]: rule.name,
    expr: rule.expression.text,
    ...(held === undefined ? {} : { for: held }),
    ...(kept === undefined ? {} : { keep_firing_for: kept }),
    labels: texts(rule.labels),
    annotations: texts(rule.annotations),
  };
}

function texts(map: Rule['labels']): Record<string, string> {
  return Object.fromEntries([...map].map(([name, { text }]) => [name, text]));
}
