import { createHash } from 'node:crypto';
import type { AlertRuleState } from '../../../lib/prometheus-rules.ts';
import type { PrometheusApi } from '../../../lib/prometheus-api.ts';
import type { Series } from '../../../model/series.ts';
import type { LiveAlert, LiveProvocation, LiveState } from '../../../model/live.ts';
import type { Plan } from '../../../model/plan.ts';
import { spansOf } from './history.ts';
import type { Window } from './history.ts';

const HISTORY_MS = 120_000;
const STEPS = 240;

/** What is known of the stack beside what Prometheus answers. */
export interface Known {
  plan: Plan;
  /** Names of the provocations in force. */
  provoked: string[];
  /** How it goes, in words. */
  status: string;
  /** An alert's expression without its comparison, with the stack's own durations. */
  valueExprOf: (alert: string) => string | null;
}

/**
 * What there is to see now. Throws when Prometheus doesn't answer: what isn't known is never shown
 * as quiet.
 */
export async function liveState(prometheus: PrometheusApi, known: Known): Promise<LiveState> {
  const window: Window = { nowMs: Date.now(), lengthMs: HISTORY_MS, stepMs: HISTORY_MS / STEPS };
  const [rules, targets, states] = await Promise.all([
    prometheus.alertRules(),
    prometheus.targets(),
    prometheus.range('ALERTS', window.nowMs - HISTORY_MS, window.nowMs, window.stepMs),
  ]);
  return {
    status: known.status,
    historyMs: HISTORY_MS,
    alerts: rules.map((rule) => alertOf(rule, states, window, known)),
    targets: targets.map(({ job, instance, health, lastScrapeMs, lastError }) => ({
      ...{ job, instance, health, lastError },
      scrapedMs: lastScrapeMs === null ? null : Math.max(0, window.nowMs - lastScrapeMs),
    })),
  };
}

function alertOf(
  rule: AlertRuleState,
  states: Series[],
  window: Window,
  { plan, provoked, valueExprOf }: Known,
): LiveAlert {
  const own = states.filter(({ labels }) => isOf(rule, labels));
  return {
    id: idOf(rule),
    name: rule.name,
    severity: rule.labels['severity'] ?? '',
    state: rule.state,
    error: rule.health === 'err' ? rule.lastError : null,
    instances: rule.instances.map(({ labels, state, activeAtMs, value }) => ({
      ...{ labels, state, value },
      activeMs: Math.max(0, window.nowMs - activeAtMs),
    })),
    history: spansOf(own, window),
    provocations: plan.provocations
      .filter(({ name }) => alertNameOf(name) === rule.name)
      .map(({ name, toldWithinMs }): LiveProvocation => ({
        ...{ name, toldWithinMs },
        active: provoked.includes(name),
      })),
    valueExpr: valueExprOf(rule.name),
  };
}

/** Whether a series of `ALERTS` is of this rule: several may have one name. */
function isOf({ name, labels }: AlertRuleState, series: Record<string, string>): boolean {
  return (
    series['alertname'] === name &&
    Object.entries(labels).every(([key, value]) => value.includes('{{') || series[key] === value)
  );
}

/** `TargetDown` of `TargetDown/api`. */
function alertNameOf(provocation: string): string {
  return provocation.split('/', 1)[0] ?? provocation;
}

function idOf({ file, group, name, labels, query }: AlertRuleState): string {
  const whole = JSON.stringify([file, group, name, labels, query]);
  return `alert-${createHash('sha256').update(whole).digest('hex').slice(0, 12)}`;
}
