import type { Group, Rule } from '../../stack/rules.ts';

/** What Prometheus knows of a rule group (model/rulefmt, `RuleGroup`), */
const GROUP_KEYS: ReadonlySet<string> = new Set([
  ...['name', 'interval', 'query_offset', 'limit', 'labels', 'rules'],
]);
/** and of a rule in it. */
const RULE_KEYS: ReadonlySet<string> = new Set([
  ...['record', 'alert', 'expr', 'for', 'keep_firing_for', 'labels', 'annotations'],
]);

type Plain = Record<string, unknown>;

/** A group without what only other evaluators know: Prometheus refuses the whole file for it. */
export function groupForPrometheus(group: Plain): Plain {
  return only(group, GROUP_KEYS);
}

/** A rule without what only other evaluators know. */
export function ruleForPrometheus(rule: Plain): Plain {
  return only(rule, RULE_KEYS);
}

/** Tells which rules are left out, and what else of each file. */
export function ruleNotes(groups: readonly Group[], leftOut: readonly Rule[]): string[] {
  return [
    ...evaluatorNotes(groups),
    ...leftOut.map((rule) => `${rule.name} is left out: its expression can't be read`),
  ];
}

/** Names for each file what is left out of it, since only vmalert, Mimir or Thanos know it. */
function evaluatorNotes(groups: readonly Group[]): string[] {
  const byFile = new Map<string, Set<string>>();
  for (const group of groups) {
    const all = [
      ...keysBeside(group.value.entries(), GROUP_KEYS),
      ...group.rules.flatMap(({ value }) => keysBeside(value.entries(), RULE_KEYS)),
    ];
    const known = byFile.get(group.file.path) ?? new Set<string>();
    byFile.set(group.file.path, new Set([...known, ...all]));
  }
  return [...byFile].flatMap(([path, keys]) =>
    keys.size === 0
      ? []
      : [
          `${path}: ${[...keys].map((key) => `\`${key}\``).join(', ')} left out, ` +
            'which other evaluators of rules know and Prometheus refuses',
        ],
  );
}

function keysBeside(entries: readonly { key: string }[], known: ReadonlySet<string>): string[] {
  return entries.map(({ key }) => key).filter((key) => !known.has(key));
}

function only(plain: Plain, known: ReadonlySet<string>): Plain {
  return Object.fromEntries(Object.entries(plain).filter(([key]) => known.has(key)));
}
