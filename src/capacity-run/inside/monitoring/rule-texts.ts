import { parse, stringify } from 'yaml';
import type { Plan } from '../../../model/plan.ts';

/** A rule group as it stands in a file. */
export interface RuleGroup {
  name: string;
  interval?: string;
  rules: {
    alert?: string;
    record?: string;
    expr: string;
    labels?: Record<string, string>;
    [key: string]: unknown;
  }[];
}

/**
 * Written at each evaluation of a group: how often it was evaluated stands in Prometheus's own
 * storage, to the last time.
 */
export const EVALUATED = 'capacity_evaluated';
/** Light rules in one group. */
const LIGHT_PER_GROUP = 100;

/** The stack's own groups, at the speed of the plan. */
export function stackGroups({ files }: Pick<Plan, 'files'>): RuleGroup[] {
  return files
    .filter(({ path }) => path.startsWith('prometheus/'))
    .flatMap(({ text }) => (parse(text) as { groups?: RuleGroup[] } | null)?.groups ?? []);
}

/**
 * The same groups again and again, each time with a label of its own, and with a rule that tells of
 * each evaluation.
 */
export function clonedGroups(
  groups: RuleGroup[],
  clones: number,
  evaluationInterval: string,
): RuleGroup[] {
  return Array.from({ length: clones }, (_, n) =>
    groups.map((group): RuleGroup => ({
      ...group,
      name: `${group.name}-${n}`,
      interval: group.interval ?? evaluationInterval,
      rules: [
        ...group.rules.map((rule) => ({ ...rule, labels: { ...rule.labels, clone: String(n) } })),
        evaluated(
          `${group.name}-${n}`,
          group.interval ?? evaluationInterval,
          group.rules.length + 1,
        ),
      ],
    })),
  ).flat();
}

/** Groups of rules that look at one series each. */
export function lightGroups(rules: number, series: string, interval: string): RuleGroup[] {
  const groups = Math.ceil(rules / LIGHT_PER_GROUP);
  return Array.from({ length: groups }, (_, n): RuleGroup => {
    const own = Math.round(((n + 1) * rules) / groups) - Math.round((n * rules) / groups);
    const light = Array.from({ length: Math.max(0, own - 1) }, (_rule, i) => ({
      record: 'capacity_light',
      expr: `${series} + ${i}`,
      labels: { group: String(n), rule: String(i) },
    }));
    return {
      name: `light-${n}`,
      interval,
      rules: [...light, evaluated(`light-${n}`, interval, own)],
    };
  });
}

function evaluated(group: string, interval: string, rules: number): RuleGroup['rules'][number] {
  return {
    record: EVALUATED,
    expr: 'vector(1)',
    labels: { group, interval, rules: String(rules) },
  };
}

/** Groups as a rule file. */
export function ruleText(groups: RuleGroup[]): string {
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
