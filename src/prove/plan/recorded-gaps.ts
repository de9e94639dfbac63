import { formatDuration, parseDurationMs } from '../../lib/duration.ts';
import type { Prometheus } from '../../stack/prometheus.ts';
import type { Group, Rule } from '../../stack/rules.ts';
import { ruleReads } from './rule-reads.ts';

/** What a stack says of when its groups are evaluated, where they say nothing themselves. */
interface Evaluated {
  prometheus: Prometheus | undefined;
  evaluationMs: number;
}

/**
 * Why what a rule reads comes and goes: it is recorded more seldom than whoever reads it looks
 * back. Virtual time evaluates all groups alike and shows nothing of it.
 * @param behind the recording rules that it reads
 * @returns undefined where all that it reads is always found
 */
export function recordedGap(
  rule: Rule,
  behind: readonly Rule[],
  evaluated: Evaluated,
): string | undefined {
  for (const reader of [rule, ...behind])
    for (const { name, windowMs, isShifted } of ruleReads(reader))
      for (const recorder of behind.filter((one) => one.name === name)) {
        if (isShifted || isJustBefore(recorder, reader)) continue;
        const everyMs = recorder.group.evaluationMs ?? evaluated.evaluationMs;
        if (everyMs + laterByMs(recorder.group, reader.group, evaluated) < windowMs) continue;
        return (
          `group ${recorder.group.name} records ${name} every ${formatDuration(everyMs)}, and ` +
          `${reader.name} finds none older than ${formatDuration(windowMs)}: it comes and goes`
        );
      }
  return undefined;
}

/** By how much less a group's `query_offset` lets another see of what it writes, ms. */
export function laterByMs(
  recorder: Group,
  reader: Group,
  { prometheus }: Pick<Evaluated, 'prometheus'>,
): number {
  const usual = prometheus?.root.at('global', 'rule_query_offset').text();
  const own = ({ value }: Group): number =>
    parseDurationMs(value.get('query_offset').text() ?? usual ?? '') ?? 0;
  return own(recorder) - own(reader);
}

/** Whether a rule is always evaluated right before another: in its group, further up. */
function isJustBefore(recorder: Rule, reader: Rule): boolean {
  const { rules } = reader.group;
  return recorder.group === reader.group && rules.indexOf(recorder) < rules.indexOf(reader);
}
