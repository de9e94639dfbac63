import type { GroupHealth } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { RuleGroupState } from '../../lib/prometheus-rules.ts';

/** A stretch of time in which Prometheus didn't run, epoch ms. */
export type Away = [fromMs: number, toMs: number];

/** A stretch of the run, epoch ms. */
interface Stretch {
  fromMs: number;
  /** Undefined: now. */
  toMs?: number | undefined;
}

/**
 * By its own word (rules/group.go): `<file>;<group>` and the wall clock when an evaluation began.
 */
const LAST_EVALUATION = 'prometheus_rule_group_last_evaluation_timestamp_seconds';

/**
 * Every rule group that was evaluated, with the times of its evaluations. A group is evaluated on
 * a grid that it keeps for its whole life (rules/group.go, `EvalTimestamp`); what its rules write
 * carries these times. Where its rules have written nothing, the grid is the earliest, within an
 * interval, at which an evaluation was ever seen to begin: the wall clock is never early.
 * @param stretch since when Prometheus has run, and until when it is looked at, epoch ms
 * @param away when it didn't
 */
export async function readGroups(
  prometheus: PrometheusApi,
  { fromMs, toMs }: Stretch,
  away: Away[] = [],
): Promise<GroupHealth[]> {
  const groups = (await prometheus.groups()).filter(isEvaluated).map((group) => ({
    ...group,
    lastEvaluationMs: within(group.lastEvaluationMs, fromMs, toMs),
  }));
  const [alerts, begun, missed] = await Promise.all([
    prometheus.raw('ALERTS', fromMs, toMs),
    prometheus.raw(LAST_EVALUATION, fromMs, toMs),
    prometheus.instant('prometheus_rule_group_iterations_missed_total', toMs),
  ]);
  // All groups begin together: what the first of them wrote is the beginning of all.
  const firstAt = Math.min(
    ...alerts.flatMap(({ samples }) => samples.map(([at]) => at)),
    ...groups.map((group) => group.lastEvaluationMs),
  );
  return groups.map((group) => {
    const id = `${group.file};${group.name}`;
    const written = writtenBy(group, groups, alerts);
    const seen = begun
      .filter((series) => series.labels['rule_group'] === id)
      .flatMap(({ samples }) => samples.map(([, seconds]) => seconds * 1000))
      // Before the first one it is the year 1.
      .filter((at) => at > 0);
    const observed = [...seen, group.lastEvaluationMs];
    const evaluationAt = gridPoint(group.intervalMs, written, observed);
    const iterationsMissed = missed
      .filter((m) => m.labels['rule_group'] === id)
      .reduce((sum, m) => sum + m.value, 0);
    const all = gridBetween(evaluationAt, group.intervalMs, firstAt, group.lastEvaluationMs);
    return {
      file: group.file,
      name: group.name,
      intervalMs: group.intervalMs,
      evaluationAt,
      iterationsMissed,
      lastDurationMs: group.lastDurationMs,
      evaluations: all
        .filter((at) => !away.some(([gone, back]) => at > gone && at < back))
        .filter((at) => iterationsMissed === 0 || wasSeen(at, group.intervalMs, written, observed)),
    };
  });
}

/** A time of the stretch; what lies outside of it is of a clock that was stepped at its end. */
function within(atMs: number, fromMs: number, toMs = Infinity): number {
  return atMs > toMs || (atMs < fromMs && toMs !== Infinity) ? toMs : atMs;
}

type EvaluatedGroup = RuleGroupState & { lastEvaluationMs: number };

/** Whether a group was evaluated since Prometheus began: first it waits up to an interval. */
export function isEvaluated(group: RuleGroupState): group is EvaluatedGroup {
  return group.lastEvaluationMs !== null;
}

/**
 * A time on a group's grid, epoch ms.
 * @param written times of samples that its rules have written
 * @param observed wall clock at the beginning of evaluations, epoch ms; at least one
 */
export function gridPoint(intervalMs: number, written: number[], observed: number[]): number {
  const last = written.at(-1);
  if (last !== undefined) return last;
  const newest = Math.max(...observed);
  // How far each lies from the newest, whole intervals taken off: between half an interval before
  // and after.
  const off = observed.map((at) => {
    const rest = (((at - newest) % intervalMs) + intervalMs) % intervalMs;
    return rest > intervalMs / 2 ? rest - intervalMs : rest;
  });
  return Math.floor(newest + Math.min(...off));
}

/**
 * Times of what a group's alerts have written; of a name that another group has too, nobody knows
 * whose.
 */
function writtenBy(group: RuleGroupState, all: RuleGroupState[], alerts: Series[]): number[] {
  const others = all.filter((g) => g !== group).flatMap((g) => g.alerts);
  const own = group.alerts.filter((name) => !others.includes(name));
  return alerts
    .filter(({ labels }) => own.includes(labels['alertname'] ?? ''))
    .flatMap(({ samples }) => samples.map(([at]) => at))
    .sort((a, b) => a - b);
}

function gridBetween(point: number, intervalMs: number, from: number, to: number): number[] {
  const first = point - Math.floor((point - from) / intervalMs) * intervalMs;
  const count = Math.max(0, Math.floor((to - first) / intervalMs) + 1);
  return Array.from({ length: count }, (_, i) => first + i * intervalMs);
}

/** Whether something was written or seen to begin in this turn. */
function wasSeen(at: number, intervalMs: number, written: number[], observed: number[]): boolean {
  return (
    written.includes(at) || observed.some((begun) => begun >= at - 1 && begun < at + intervalMs - 1)
  );
}
