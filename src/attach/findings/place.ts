import type { LiveFinding } from '../../model/attach.ts';
import type { Stack } from '../../stack/index.ts';
import { placeText } from '../../stack/place-text.ts';
import type { Rule } from '../../stack/rules.ts';
import { LIVE_RULES, liveGroupOf } from '../live-files.ts';

/**
 * Where a rule stands, as `file:line`; of one that only the running Prometheus has told of, its
 * file and group there.
 */
export function placeOf(rule: Rule): string {
  const place = rule.value.head;
  if (place.file.path !== LIVE_RULES) return placeText(place);
  const { file, name } = liveGroupOf(rule.group.name);
  return `${file}, group ${name}`;
}

/** Findings about rules, each where its rule stands in somebody's own files, if in one place. */
export function placedIn(files: Stack, findings: LiveFinding[]): LiveFinding[] {
  return findings.map((finding) => {
    const [rule, ...others] = files.rules.filter(
      ({ kind, name }) => `${kind} ${name}` === finding.subject,
    );
    return rule && others.length === 0 ? { ...finding, where: placeOf(rule) } : finding;
  });
}
