import { LOOKBACK_DELTA_MS, RESEND_DELAY_MS } from '../speedup/prometheus-flags.ts';
import type { AlertContract } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { stimulusOf } from '../technologies/registry.ts';
import { startMs, undividedAt } from './undivided.ts';
import type { Undivided } from './undivided.ts';
import { waitsOf } from './waits.ts';

/**
 * The table of everything that a plan's times depend on, in the stack's own time: a run divides all
 * of it by its speed. Durations that stay as they are whatever the speed (`undivided`, an alert's
 * response and allowances, start-ups) stand in it as the stack's time that passes meanwhile.
 */
export interface Timings {
  /** At which it is run. */
  speed: number;
  /** By alert. */
  alerts: Record<string, Timing>;
  undivided: Undivided;
  /** From a component's start until it answers a scrape; undivided. */
  startMs: (component: string) => number;
  /** The longest scrape interval of all jobs. */
  scrapeMs: number;
  /** The narrowest window of all alerts, Prometheus's lookback at most. */
  windowMs: number;
  resendMs: number;
  /** Longest time between two notifications of the Watchdog. */
  watchdogEveryMs: number;
}

/** The table of a stack that is run at this speed. */
export function timingsOf(spec: Spec, speed: number): Timings {
  const undivided = undividedAt(speed);
  const { alerts } = spec.contract;
  const windows = alerts.map((alert) => alert.windowMs).filter((ms) => ms > 0);
  const watchdog = alerts.find((alert) => alert.stimulus.kind === 'always');
  return {
    speed,
    alerts: Object.fromEntries(
      alerts.map((alert) => [alert.name, timingOf(spec, alert, undivided, speed)]),
    ),
    undivided,
    startMs: (component) => startMs(component, speed),
    scrapeMs: Math.max(...spec.prometheus.jobs.map((job) => job.scrapeIntervalMs)),
    windowMs: Math.min(...windows, LOOKBACK_DELTA_MS),
    resendMs: RESEND_DELAY_MS,
    watchdogEveryMs: watchdog ? waitsOf(spec, watchdog).repeatsWithinMs : 0,
  };
}

/** The row of one alert. @throws Error when the table hasn't it */
export function timingFor(timings: Timings, alert: AlertContract): Timing {
  const timing = timings.alerts[alert.name];
  if (!timing) throw new Error(`no timing of ${alert.name}`);
  return timing;
}

/**
 * How long Alertmanager keeps an alert that Prometheus no longer sends: 4·max(E, resend delay)
 * (rules/alerting.go, `ValidUntil`).
 */
export function forgottenWithinMs({ evaluationMs }: Timing, { resendMs }: Timings): number {
  return 4 * Math.max(evaluationMs, resendMs);
}

/** Everything the windows of one alert depend on: what is promised, and the waits of its route. */
function timingOf(spec: Spec, alert: AlertContract, undivided: Undivided, speed: number): Timing {
  const { groupWaitMs, groupIntervalMs } = waitsOf(spec, alert);
  const jobs = spec.prometheus.jobs.filter(
    (job) => alert.labels['job'] === undefined || job.name === alert.labels['job'],
  );
  const scrapeMs = Math.max(...jobs.map((job) => job.scrapeIntervalMs));
  return {
    scrapeMs,
    scrapeTimeoutMs: Math.max(...jobs.map((job) => job.scrapeTimeoutMs)),
    evaluationMs: alert.everyMs,
    forMs: alert.forMs,
    keepFiringForMs: keepFiringForMs(spec, alert),
    windowMs: alert.windowMs,
    groupWaitMs,
    groupIntervalMs,
    responseMs: (stimulusOf(alert.stimulus.kind).responseMs?.(speed) ?? 0) * speed,
    epsilonMs: undivided.allowanceMs,
    blipEpsilonMs: undivided.blipAllowanceMs,
    freezeMarginMs: freezeMarginMs(alert.everyMs - scrapeMs, undivided),
  };
}

/** `keep_firing_for` as promised; where the contract is silent, as the rule has it. */
function keepFiringForMs(spec: Spec, alert: AlertContract): number {
  const rules = spec.prometheus.ruleGroups.flatMap((group) => group.rules);
  const rule = rules.find(({ alert: name }) => name === alert.name);
  return alert.keepFiringForMs ?? rule?.keepFiringForMs ?? 0;
}

/**
 * How much earlier a component is frozen than it would have to be for one evaluation to see it. At
 * E − S the evaluation before could see it too (a scrape right after the freeze fails T later), and
 * the blip would last for `for`.
 */
function freezeMarginMs(roomMs: number, undivided: Undivided): number {
  return Math.max(0, Math.min(undivided.freezeMarginMs, 0.8 * roomMs));
}
