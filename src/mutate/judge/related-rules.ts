import { stringify } from 'yaml';
import type { CheckFile } from '../../model/check.ts';
import type { RuleBody } from '../../model/rule-body.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Group, Rule } from '../../stack/rules.ts';
import { bodyOf } from '../body.ts';

/**
 * The rules of a file that a change of one of them may matter to, in their order: those that read
 * what it records, through others too, those of its name, and whatever all of these read.
 */
export function relatedRules(changed: Rule, all: readonly Rule[]): Rule[] {
  const own = all.filter(({ group }) => group.file === changed.group.file);
  const reads = readsIn(own);
  const readers = readersIn(own)(changed);
  const namesakes = own.filter(({ name }) => name === changed.name);
  const related = closure([...readers, ...namesakes], (one) =>
    own.filter((rule) => reads(one, rule)),
  );
  return own.filter((rule) => related.has(rule));
}

/** Of some rules those that read what one of them records, itself first, through others too. */
export function readersIn(rules: readonly Rule[]): (recorded: Rule) => Rule[] {
  const reads = readsIn(rules);
  return (recorded) => [...closure([recorded], (one) => rules.filter((rule) => reads(rule, one)))];
}

/** Whether one of some rules reads what another records. */
function readsIn(rules: readonly Rule[]): (reader: Rule, recorded: Rule) => boolean {
  const names = new Map(rules.map((rule) => [rule, namesIn(rule)]));
  return (reader, { kind, name }) => kind === 'record' && (names.get(reader)?.has(name) ?? false);
}

function namesIn({ expression }: Rule): Set<string> {
  const names = new Set<string>();
  if (expression.expr)
    eachExpr(expression.expr, (part) => {
      if (part.type === 'selector' && part.name !== undefined) names.add(part.name);
    });
  return names;
}

function closure(from: readonly Rule[], next: (rule: Rule) => Rule[]): Set<Rule> {
  const found = new Set(from);
  // What is added while it is gone through is gone through, too.
  for (const one of found) for (const other of next(one)) found.add(other);
  return found;
}

/**
 * Some of a file's rules as a file of the same path, in their groups.
 * @param changed a rule that is another there, or isn't there
 */
export function fileOf(
  rules: readonly Rule[],
  changed?: { rule: Rule; body: RuleBody | null },
): CheckFile {
  const groups = [...new Set(rules.map(({ group }) => group))].map((group) => ({
    ...keysOf(group),
    rules: rules
      .filter((rule) => rule.group === group)
      .flatMap((rule) => (rule === changed?.rule ? (changed.body ?? []) : bodyOf(rule))),
  }));
  const [first] = rules;
  const { isResource = false, document, file } = first?.group ?? {};
  const head = isResource
    ? { apiVersion: document?.get('apiVersion').json(), kind: document?.get('kind').json() }
    : {};
  const data = isResource ? { ...head, spec: { groups } } : { groups };
  return {
    path: file?.path ?? '',
    text: stringify(data, { lineWidth: 0, aliasDuplicateObjects: false }),
  };
}

/** What a group says besides its rules. */
function keysOf({ value }: Group): Record<string, unknown> {
  return Object.fromEntries(
    value.entries().flatMap(({ key, value: own }) => (key === 'rules' ? [] : [[key, own.json()]])),
  );
}
