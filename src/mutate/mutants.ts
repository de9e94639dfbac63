import type { Change, RuleMutant } from '../model/mutation.ts';
import { USUAL_SCRAPE_MS } from '../model/prometheus-defaults.ts';
import type { Stack } from '../stack/index.ts';
import type { Group, Rule } from '../stack/rules.ts';
import type { Place } from '../stack/source/value.ts';
import { bodyOf } from './body.ts';
import { groupMutants } from './group.ts';
import { pathOfRule, stretchOf } from './places.ts';
import { mutateRule } from './rule/index.ts';
import type { RuleMutation } from './rule/index.ts';

/** What of a stack its rules' mutants are made of. */
type RuleTexts = Pick<Stack, 'rules' | 'groups' | 'prometheus'>;

/**
 * Every mutant of the rules of a stack, rule by rule in their order, then those of their groups.
 */
export function ruleMutants({ rules, groups, prometheus }: RuleTexts): RuleMutant[] {
  const scrapeMs = prometheus[0]?.scrapeIntervalMs ?? USUAL_SCRAPE_MS;
  const bodies = rules.map(bodyOf);
  const ofRules = rules.flatMap((rule, i) => {
    const body = bodies[i];
    if (!body || !rule.expression.expr) return [];
    // A text is copied from the rule before, or else from the next.
    const others = [bodies[i - 1], bodies[i + 1]].filter((other) => other !== undefined);
    return mutateRule(body, others, scrapeMs).map((mutation) =>
      mutantOf(rule, i, mutation, groups),
    );
  });
  return [...ofRules, ...groupMutants(groups, rules)];
}

function mutantOf(rule: Rule, index: number, mutation: RuleMutation, groups: Group[]): RuleMutant {
  const { operator, at, edit, was, becomes, body } = mutation;
  const offset = edit ? [edit.from] : [];
  return {
    id: [index, rule.name, ...at, ...offset, operator, `${was} → ${becomes}`].join('/'),
    kind: 'rule',
    operator,
    subject: `${rule.kind} ${rule.name}`,
    at: stretchOf(placeOf(rule, mutation)),
    was,
    becomes,
    ...(body ? { expr: body.expr } : {}),
    rules: [index],
    body,
    changes: changesOf(rule, mutation, groups),
  };
}

function changesOf(rule: Rule, { at, body }: RuleMutation, groups: Group[]): Change[] | undefined {
  const path = pathOfRule(rule, groups);
  if (!path) return undefined;
  const value = body && at.reduce<unknown>((tree, key) => (tree as RuleTree)[key], body);
  const edit = { path: [...path, ...at], ...(value === null ? {} : { value }) };
  return [{ file: rule.group.file.path, edits: [edit] }];
}

type RuleTree = Record<string, unknown>;

function placeOf(rule: Rule, { at, edit }: RuleMutation): Place {
  if (edit) return rule.expression.at(edit);
  if (at.length === 0) return rule.value.head;
  return rule.value.at(...at).place;
}
