import { groupBy } from '../../lib/group-by.ts';
import type { LiveFinding } from '../../model/attach.ts';
import type { Stack } from '../../stack/index.ts';
import { placeText } from '../../stack/place-text.ts';
import type { Rule } from '../../stack/rules.ts';
import { liveGroupOf } from '../live-files.ts';

/** Where a rule of somebody's own files stands, as `file:line`. */
export function lineOf(rule: Rule): string {
  return placeText(rule.value.head);
}

/** Where a rule that the running Prometheus has told of stands: its file and group there. */
export function placeOf(rule: Rule): string {
  const { file, name } = liveGroupOf(rule.group.name);
  return `${file}, group ${name}`;
}

/**
 * Findings about rules, each where its rule stands in somebody's own files; where several have its
 * name, here or there, nobody can tell which it is.
 * @param system the running system, read as a stack
 */
export function placedIn(files: Stack, system: Stack, findings: LiveFinding[]): LiveFinding[] {
  const [written, running] = [files, system].map(({ rules }) =>
    groupBy(rules, ({ kind, name }) => `${kind} ${name}`),
  );
  return findings.map((finding) => {
    const [rule, ...others] = written?.get(finding.subject) ?? [];
    const isOne = others.length === 0 && (running?.get(finding.subject)?.length ?? 0) <= 1;
    return rule && isOne ? { ...finding, where: lineOf(rule) } : finding;
  });
}
