import { groupOf } from '../lib/rule-groups.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Series } from '../model/series.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import type { Replayed } from './index.ts';
import type { ReplayGroup } from './rules.ts';

/** What a run keeps of the states of its alerts. */
export type RecordedStates = Pick<
  Evidence,
  'groups' | 'series' | 'pushes' | 'notifications' | 'queryErrors'
>;

/** How the replayed states of one alert compare with the recorded ones. */
export interface Comparison {
  alert: string;
  /** Why it can't be known; null: it is. */
  unknown: string | null;
  /** None: every state is exactly the recorded one. */
  differing: Difference[];
}

/**
 * Compares what a run's own rules replay with what the run recorded, alert by alert, from T0 to the
 * last evaluation of the alert's groups. An alert that was never active is compared as well: what
 * its replay fires is recorded nowhere.
 * @param t0 epoch ms
 */
export function compareStates(
  groups: ReplayGroup[],
  evidence: RecordedStates,
  { series: replayed, unknown }: Replayed,
  t0: number,
): Comparison[] {
  const unrecorded = whyUnrecorded(evidence);
  return alertsOf(groups, evidence).map((alert) => {
    const end = lastCompared(alert, groups, evidence, t0);
    const why =
      unrecorded ??
      unknown.find((one) => one.alert === alert)?.why ??
      (typeof end === 'string' ? end : null);
    if (why !== null || typeof end === 'string') return { alert, unknown: why, differing: [] };
    const own = (all: Series[]): Series[] =>
      all.filter(({ labels }) => labels['alertname'] === alert);
    const differing = differences(own(evidence.series), own(replayed), t0, end);
    return { alert, unknown: null, differing };
  });
}

/** Those of the rules, and those of which states were recorded. */
function alertsOf(groups: ReplayGroup[], { series }: RecordedStates): string[] {
  const recorded = series.filter(isOfStates).map(({ labels }) => labels['alertname'] ?? '');
  const own = groups.flatMap(({ rules }) =>
    rules.flatMap(({ kind, name }) => (kind === 'alert' ? [name] : [])),
  );
  return [...new Set([...own, ...recorded])];
}

/** Why a run says nothing of any alert's states. In a calm one there are none, and nobody heard. */
function whyUnrecorded(evidence: RecordedStates): string | null {
  const { series, pushes, notifications, queryErrors } = evidence;
  const failed = queryErrors.find(({ query }) => query === 'ALERTS');
  if (failed) return `the run couldn't ask its Prometheus for the states: ${failed.error}`;
  if (series.some(isOfStates) || pushes.length + notifications.length === 0) return null;
  return 'the run recorded no state of any alert, though alerts were pushed or told of';
}

/**
 * The last evaluation at which all groups of an alert were looked at, epoch ms; in words, why there
 * is none. States are asked for before the blocks are kept: what was evaluated after the last
 * sample that came with them can't have been recorded.
 */
function lastCompared(
  alert: string,
  groups: ReplayGroup[],
  { groups: healths, series }: RecordedStates,
  t0: number,
): number | string {
  const recordedUntil = series.reduce(
    (to, { samples }) => Math.max(to, samples.at(-1)?.[0] ?? 0),
    0,
  );
  const own = groups.filter(({ rules }) => rules.some((one) => isNamed(one, alert)));
  if (own.length === 0) return "no rule in the run's files makes it";
  const ends = own.map((group) =>
    groupOf(healths, group)?.evaluations.findLast((at) => at >= t0 && at <= recordedUntil),
  );
  const missing = own.find((_, i) => ends[i] === undefined);
  if (missing) return `the run recorded no evaluation of its group ${missing.name} after T0`;
  return Math.min(...ends.map((end) => end ?? Infinity));
}

function isNamed({ kind, name }: ReplayGroup['rules'][number], alert: string): boolean {
  return kind === 'alert' && name === alert;
}

function isOfStates({ labels }: Series): boolean {
  return labels['__name__'] === 'ALERTS';
}
