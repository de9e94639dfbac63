import { groupBy } from '../lib/group-by.ts';
import { subjectId } from '../model/expectation.ts';
import type { FindingId } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { findingOf } from './findings-text.ts';

/** What went wrong first, and what went wrong because of it. */
export interface Cause {
  lead: Verdict;
  followers: Verdict[];
}

/** What each finding about an instance of an alert brings with it, as an alert's life goes on. */
const BRINGS: Partial<Record<FindingId, readonly FindingId[]>> = {
  'fired-below-limit': [
    'fired-on-blip',
    'fired-early',
    'not-resolved',
    'unexpected-notification',
    'unexpected-alert',
  ],
  'blip-unnoticed': [
    'never-pending',
    'never-fired',
    'pending-late',
    'not-received',
    'resolution-not-received',
    'not-inhibited',
  ],
  'never-pending': [
    'never-fired',
    'not-received',
    'resolution-not-received',
    'not-resolved',
    'not-inhibited',
  ],
  'pending-late': ['fired-late', 'received-late'],
  'fired-early': ['fired-on-blip', 'unexpected-notification'],
  'fired-late': ['received-late', 'not-received', 'resolution-not-received'],
  'never-fired': ['not-received', 'resolution-not-received', 'not-inhibited'],
  'not-resolved': ['resolution-not-received'],
  'not-received': ['resolution-not-received', 'wrong-text'],
  'metric-missing': [
    'metric-wrong-type',
    'metric-wrong-labels',
    'count-differs',
    'quantile-differs',
    'value-differs',
  ],
  'panel-error': ['panel-no-data', 'panel-value-differs'],
  'panel-no-data': ['panel-value-differs'],
  'panel-lacks-job': ['panel-value-differs'],
};

/**
 * The failures of a run by their causes: findings of one kind about one place in the stack's files
 * are one, and what they bring with them about the same things follows below. The order is that of
 * the verdicts.
 */
export function causesOf(failed: Verdict[]): Cause[] {
  const led = new Map<Verdict, Verdict>();
  for (const verdict of failed) {
    const leader = failed.find((other) => other !== verdict && leads(other, verdict));
    if (leader) led.set(verdict, leader);
  }
  const rootOf = (verdict: Verdict, depth = 0): Verdict => {
    const leader = led.get(verdict);
    return leader && depth < failed.length ? rootOf(leader, depth + 1) : verdict;
  };
  return [...groupBy(failed, (verdict) => placeOf(rootOf(verdict))).values()].flatMap((group) => {
    const lead = group.find((verdict) => !led.has(verdict));
    return lead ? [{ lead, followers: group.filter((verdict) => verdict !== lead) }] : [];
  });
}

/** Whether one finding explains another about the same thing. */
function leads(one: Verdict, other: Verdict): boolean {
  return (
    subjectId(one.expectation.subject) === subjectId(other.expectation.subject) &&
    (BRINGS[findingOf(one).id]?.includes(findingOf(other).id) ?? false)
  );
}

/** Findings of one kind at one place are of one cause, whatever instance they are about. */
function placeOf(verdict: Verdict): string {
  const { id, source } = findingOf(verdict);
  return source
    ? `${id} ${source.file}:${source.line}:${source.column}`
    : `${id} ${subjectId(verdict.expectation.subject)} ${verdict.expectation.kind}`;
}
