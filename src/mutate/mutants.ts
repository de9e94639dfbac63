import type { RuleMutant, Stretch } from '../model/mutation.ts';
import type { RuleBody } from '../model/rule-body.ts';
import type { Rule } from '../stack/rules.ts';
import type { Place } from '../stack/source/value.ts';
import { mutateRule, nameOf } from './rule/index.ts';
import type { RuleMutation } from './rule/index.ts';

/** Every mutant of the rules of a stack, rule by rule in their order. */
export function ruleMutants(rules: Rule[]): RuleMutant[] {
  const bodies = rules.map(bodyOf);
  return rules.flatMap((rule, i) => {
    const body = bodies[i];
    if (!body || !rule.expression.expr) return [];
    // A text is copied from the rule before, or else from the next.
    const others = [bodies[i - 1], bodies[i + 1]].filter((other) => other !== undefined);
    return mutateRule(body, others).map((mutation) => mutantOf(rule, i, mutation));
  });
}

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

function mutantOf(rule: Rule, index: number, mutation: RuleMutation): RuleMutant {
  const { operator, at, was, becomes, body } = mutation;
  const place = placeOf(rule, mutation);
  return {
    id: [index, nameOf(bodyOf(rule)), ...at, operator, `${was} → ${becomes}`].join('/'),
    kind: 'rule',
    operator,
    subject: `${rule.kind} ${rule.name}`,
    at: stretchOf(place),
    was,
    becomes,
    rule: index,
    body,
  };
}

function placeOf(rule: Rule, { at, edit }: RuleMutation): Place {
  if (edit) return rule.expression.at(edit);
  if (at.length === 0) return rule.value.head;
  return rule.value.at(...at).place;
}

function stretchOf({ file, from, to }: Place): Stretch {
  const [start, end] = [file.position(from), file.position(Math.max(from, to))];
  return {
    file: file.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
