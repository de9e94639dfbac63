import { formatDuration } from '../lib/duration.ts';
import type { Change, RuleMutant, TreeEdit } from '../model/mutation.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';
import type { Group, Rule } from '../stack/rules.ts';
import { bodyOf } from './body.ts';
import { pathOfGroup, pathOfRule, stretchOf } from './places.ts';

/** Every way of getting a group wrong, or where a rule stands. */
export const GROUP_OPERATORS = ['group-interval-changed', 'rule-moved', 'rule-duplicated'] as const;
type GroupOperator = (typeof GROUP_OPERATORS)[number];

/**
 * What is got wrong about the groups that rules stand in: how often they are evaluated, a rule in
 * the wrong one, a rule twice.
 */
export function groupMutants(groups: Group[], rules: Rule[]): RuleMutant[] {
  const numbers = new Map(rules.map((rule, i) => [rule, i]));
  return groups.flatMap((group) => [
    ...intervalMutants(group, groups, numbers),
    ...group.rules.flatMap((rule) => [
      ...movedMutants(rule, groups, numbers),
      ...duplicated(rule, groups, numbers),
    ]),
  ]);
}

type Numbers = ReadonlyMap<Rule, number>;

/** A group that is evaluated half as often, and twice as often. */
function intervalMutants(group: Group, groups: Group[], numbers: Numbers): RuleMutant[] {
  const wasMs = group.evaluationMs ?? DEFAULT_INTERVAL_MS;
  const interval = group.value.get('interval');
  const path = pathOfGroup(group, groups);
  return [wasMs * 2, wasMs / 2].map((ms) => {
    const becomes = formatDuration(ms);
    return {
      id: ['group', group.file.path, group.name, 'group-interval-changed', becomes].join('/'),
      kind: 'rule',
      operator: 'group-interval-changed',
      subject: `group ${group.name}`,
      at: stretchOf(interval.exists ? interval.place : group.value.head),
      was: interval.text() ?? '',
      becomes,
      rules: group.rules.map((rule) => numbers.get(rule) ?? -1),
      evaluationMs: ms,
      changes: path && [
        { file: group.file.path, edits: [{ path: [...path, 'interval'], value: becomes }] },
      ],
    };
  });
}

/** A rule in the next group that is evaluated at another interval. */
function movedMutants(rule: Rule, groups: Group[], numbers: Numbers): RuleMutant[] {
  const wasMs = rule.group.evaluationMs ?? DEFAULT_INTERVAL_MS;
  const other = groups.find((group) => (group.evaluationMs ?? DEFAULT_INTERVAL_MS) !== wasMs);
  if (!other) return [];
  const changes = moved(rule, other, groups);
  return [
    mutantOf(rule, numbers, 'rule-moved', `group ${other.name}`, changes, {
      evaluationMs: other.evaluationMs ?? DEFAULT_INTERVAL_MS,
    }),
  ];
}

/** Out of the one list and into the other. */
function moved(rule: Rule, to: Group, groups: Group[]): Change[] | undefined {
  const [path, target] = [pathOfRule(rule, groups), pathOfGroup(to, groups)];
  return (
    path &&
    target && [{ file: rule.group.file.path, edits: [{ path }] }, appended(rule, to, target)]
  );
}

function duplicated(rule: Rule, groups: Group[], numbers: Numbers): RuleMutant[] {
  const path = pathOfGroup(rule.group, groups);
  const changes = path && [appended(rule, rule.group, path)];
  return [mutantOf(rule, numbers, 'rule-duplicated', `${rule.name} twice`, changes, {})];
}

/** A rule at the end of a group. */
function appended(rule: Rule, to: Group, path: (string | number)[]): Change {
  const edit: TreeEdit = {
    path: [...path, 'rules', to.rules.length],
    value: bodyOf(rule),
    insert: true,
  };
  return { file: to.file.path, edits: [edit] };
}

function mutantOf(
  rule: Rule,
  numbers: Numbers,
  operator: GroupOperator,
  becomes: string,
  changes: Change[] | undefined,
  more: Partial<RuleMutant>,
): RuleMutant {
  const index = numbers.get(rule) ?? -1;
  return {
    id: [index, rule.name, operator, becomes].join('/'),
    kind: 'rule',
    operator,
    subject: `${rule.kind} ${rule.name}`,
    at: stretchOf(rule.value.head),
    was: operator === 'rule-moved' ? `group ${rule.group.name}` : rule.name,
    becomes,
    rules: [index],
    changes,
    ...more,
  };
}
