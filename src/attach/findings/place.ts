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

/** Findings about rules, each where its rule stands in somebody's own files, if in one place. */
export function placedIn(files: Stack, findings: LiveFinding[]): LiveFinding[] {
  return findings.map((finding) => {
    const [rule, ...others] = files.rules.filter(
      ({ kind, name }) => `${kind} ${name}` === finding.subject,
    );
    return rule && others.length === 0 ? { ...finding, where: lineOf(rule) } : finding;
  });
}
