import { eachExpr } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { parseExpr } from '../promql/parse.ts';
import { metricNames } from '../promql/tree.ts';
import type { AlertingRule, RecordingRule, ReplayGroup } from './rules.ts';

/**
 * States that Prometheus writes itself: in the blocks they are those of the rules that were
 * recorded.
 */
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
  if (sameRules(groups, recorded)) return null;
  const own = metricNames(alert.expr).find((name) => OWN_STATES.includes(name));
  if (own !== undefined) return `it looks at \`${own}\`, which other rules change`;
  return notAtOnce(alert.expr, groups, changedNames(groups, recorded), []);
}

/** Recorded names that aren't as they were in the run, or that something leads to which isn't. */
export function changedNames(groups: ReplayGroup[], recorded: ReplayGroup[]): Set<string> {
  const names = [...groups, ...recorded].flatMap(({ rules }) =>
    rules.filter(({ kind }) => kind === 'record').map(({ name }) => name),
  );
  return new Set(names.filter((name) => !sameRecording(name, groups, recorded)));
}

/**
 * Why an expression can't be told what a changed recording rule would have written: it has to look
 * for it at the moment of its evaluation, since what was written before is in no block. Null when
 * it does, and what it looks at does too.
 */
function notAtOnce(
  expr: string,
  groups: ReplayGroup[],
  changed: Set<string>,
  seen: string[],
): string | null {
  for (const name of metricNames(expr).filter((one) => changed.has(one) && !seen.includes(one))) {
    if (!looksAtOnce(expr, name))
      return `it looks back over \`${name}\`, whose recording rule isn't the recorded one`;
    for (const rule of recordingRulesOf(name, groups)) {
      const why = notAtOnce(rule.expr, groups, changed, [...seen, name]);
      if (why !== null) return why;
    }
  }
  return null;
}

/** Whether each selector of a name is plain, and looked up for the time of the evaluation. */
function looksAtOnce(expr: string, name: string): boolean {
  const parsed = parseExpr(expr);
  if (!('expr' in parsed)) return false;
  let [all, plain] = [0, 0];
  eachExpr(parsed.expr, (part, within) => {
    if (part.type !== 'selector' || part.name !== name) return;
    all++;
    const isModified = within.some(
      (e) =>
        e.type === 'range' ||
        e.type === 'modified' ||
        (e.type === 'call' && e.name === 'timestamp'),
    );
    const isUnderstood = part.matchers.every((matcher) => passes(matcher, '') !== undefined);
    if (!isModified && isUnderstood) plain++;
  });
  return all > 0 && all === plain;
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
