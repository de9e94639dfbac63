import { metricNames } from '../promql/tree.ts';
import type { AlertingRule, RecordingRule, ReplayGroup } from './rules.ts';

/** States that Prometheus writes itself: in the blocks they are those of the rules that were recorded. */
const OWN_STATES = ['ALERTS', 'ALERTS_FOR_STATE'];

/**
 * Why an alert's states can't be known from a run's blocks; null when they can.
 * @param groups the rules that are replayed
 * @param recorded the rules that the run had
 */
export function unreplayable(
  alert: AlertingRule,
  groups: ReplayGroup[],
  recorded: ReplayGroup[],
): string | null {
  const templated = Object.entries(alert.labels).find(([, value]) => value.includes('{{'));
  if (templated) return `its label \`${templated[0]}\` is made by a template`;
  const names = metricNames(alert.expr);
  const isChanged = !sameRules(groups, recorded);
  const own = names.find((name) => OWN_STATES.includes(name));
  if (own !== undefined && isChanged) return `it looks at \`${own}\`, which other rules change`;
  const changed = names.find((name) => isChanged && !sameRecording(name, groups, recorded));
  return changed === undefined
    ? null
    : `it looks at \`${changed}\`, whose recording rule isn't the recorded one`;
}

/** Whether everything that leads to a recorded name is as it was in the run. */
function sameRecording(
  name: string,
  groups: ReplayGroup[],
  recorded: ReplayGroup[],
  seen: string[] = [],
): boolean {
  if (seen.includes(name)) return true;
  const [now, then] = [recordingRulesOf(name, groups), recordingRulesOf(name, recorded)];
  if (JSON.stringify(now) !== JSON.stringify(then)) return false;
  return now
    .flatMap(({ expr }) => metricNames(expr))
    .every((inner) => sameRecording(inner, groups, recorded, [...seen, name]));
}

function recordingRulesOf(name: string, groups: ReplayGroup[]): RecordingRule[] {
  return groups.flatMap(({ rules }) =>
    rules.filter((rule) => rule.kind === 'record').filter((rule) => rule.name === name),
  );
}

function sameRules(groups: ReplayGroup[], recorded: ReplayGroup[]): boolean {
  return JSON.stringify(groups) === JSON.stringify(recorded);
}
