import { groupOf } from '../lib/rule-groups.ts';
import type { PrometheusApi } from '../lib/prometheus-api.ts';
import type { Evidence, GroupHealth } from '../model/evidence.ts';
import type { Series } from '../model/series.ts';
import type { Plan } from '../model/plan.ts';
import { lookbackOf } from '../promql/lookback.ts';
import { metricNames } from '../promql/tree.ts';
import { alertStates } from './alert-states.ts';
import type { AlertingRule, ReplayGroup } from './rules.ts';
import { seenUntil } from './clock.ts';
import { withEngine } from './with-engine.ts';
import { evaluateAlert } from './evaluate.ts';
import { scrapesIn } from './in-flight.ts';
import type { Scrape } from './in-flight.ts';
import type { Turns } from './evaluate.ts';
import { changedNames, unreplayable } from './limits.ts';
import { Recordings } from './recordings.ts';
import { ruleGroupsIn } from './rules.ts';

export { answersOver } from './answers.ts';
export { compareStates } from './compare.ts';
export type { Comparison } from './compare.ts';
export { withEngine } from './with-engine.ts';
export type { Difference } from './differences.ts';
export type { AlertingRule, RecordingRule, ReplayGroup } from './rules.ts';
export { ruleGroupsIn } from './rules.ts';
export { storageOver } from './sample-storage.ts';

export interface ReplayOptions {
  /** Path of the Prometheus that evaluates the expressions. */
  prometheus: string;
  /** Folder with the run's blocks. */
  blocks: string;
  signal: AbortSignal;
}

/** The states that rules would have had in a run. */
export interface Replayed {
  /**
   * Series of `ALERTS` as Prometheus would have written them: they may take the place of those in
   * the evidence.
   */
  series: Series[];
  /** Alerts whose states can't be known, and why. */
  unknown: { alert: string; why: string }[];
}

/**
 * The states that rules would have had in the world of a run. Expressions are evaluated by a real
 * Prometheus over the run's own blocks, at the times at which the run's was evaluated; what follows
 * from the results is computed here.
 * @param plan the run's; its files are those that were recorded
 * @param groups the rules, in groups that the run had; by default the run's own, whose states must
 * be those recorded
 * @throws HarnessError when the engine doesn't come up, or stops answering; the signal's reason
 * when aborted
 */
export async function replay(
  plan: Pick<Plan, 'files' | 'prometheusFlags'>,
  evidence: Pick<Evidence, 'groups' | 'series'>,
  options: ReplayOptions,
  groups: ReplayGroup[] = ruleGroupsIn(plan.files),
): Promise<Replayed> {
  return withEngine({ ...options, flags: plan.prometheusFlags }, (api) =>
    replayOn(api, plan, evidence, groups, options.signal),
  );
}

async function replayOn(
  api: PrometheusApi,
  plan: Pick<Plan, 'files' | 'prometheusFlags'>,
  evidence: Pick<Evidence, 'groups' | 'series'>,
  groups: ReplayGroup[],
  signal: AbortSignal,
): Promise<Replayed> {
  const recorded = ruleGroupsIn(plan.files);
  const scrapes = scrapesIn(evidence.series);
  const seen = await clocksOf(api, evidence, recorded, scrapes, signal);
  const changed = changedNames(groups, recorded);
  const lookbackMs = lookbackOf(plan.prometheusFlags);
  const timetable = { healths: evidence.groups, seen, scrapes, lookbackMs };
  const recordings = new Recordings(api, groups, changed, timetable);
  const out: Replayed = { series: [], unknown: [] };
  const all = groups.flatMap((group) => alertsOf(group).map((alert) => ({ group, alert })));
  await Promise.all(
    all.map(async ({ group, alert }) => {
      const evaluated = groupOf(evidence.groups, group);
      const why = evaluated
        ? unreplayable(alert, groups, recorded)
        : `the run had no group ${group.name} of ${group.file}`;
      if (why !== null || !evaluated) {
        out.unknown.push({ alert: alert.name, why: why ?? '' });
        return;
      }
      const looksAtChanged = metricNames(alert.expr).some((name) => changed.has(name));
      const turns: Turns = {
        evaluations: evaluated.evaluations,
        intervalMs: evaluated.intervalMs,
        scrapes,
        seen: seen.get(evaluated) ?? new Map<number, number>(),
        expressionAt: looksAtChanged ? (at) => recordings.expressionAt(alert, group, at) : null,
      };
      const results = await evaluateAlert(api, alert, group, turns, signal);
      out.series.push(...alertStates(alert, results));
    }),
  );
  return out;
}

/** Of each group that the run had, until when scrapes had to end to be seen by its evaluations. */
async function clocksOf(
  api: PrometheusApi,
  { groups, series }: Pick<Evidence, 'groups' | 'series'>,
  recorded: ReplayGroup[],
  scrapes: Scrape[],
  signal: AbortSignal,
): Promise<Map<GroupHealth, Map<number, number>>> {
  const clocks = groups.map(async (health) => {
    const group = recorded.find((one) => groupOf([health], one)) ?? { ...health, rules: [] };
    return [
      health,
      await seenUntil(api, { health, group, scrapes, states: series }, signal),
    ] as const;
  });
  return new Map(await Promise.all(clocks));
}

function alertsOf(group: ReplayGroup): AlertingRule[] {
  return group.rules.filter((rule) => rule.kind === 'alert');
}
