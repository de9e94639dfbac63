import { InputError } from '../lib/errors.ts';
import type { AlertPlan, CriticalPathEntry, Plan, Track } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { exercise } from './exercise.ts';
import { grafanaRulesOf } from './grafana-rules.ts';
import { grafanaOf } from './grafana.ts';
import { loadOf, scrapedWithinMs } from './load.ts';
import { panelsOf } from './panels.ts';
import { provocationsOf } from './provocations.ts';
import { quantilesOf } from './quantiles.ts';
import type { LoadInput } from './load.ts';
import { lengthOf, schedule } from './schedule.ts';
import { EVERYTHING } from './selection.ts';
import type { Selection } from './selection.ts';
import { speedUp, speedUpExpr } from './speedup/index.ts';
import { flatten, timingOf } from './timing.ts';
import { valueExpr } from './value-expr.ts';

/** Prometheus's own durations that aren't in its files, real-time ms (cmd/prometheus/main.go). */
const RESEND_DELAY_MS = 60_000;
const LOOKBACK_DELTA_MS = 300_000;
const FOR_GRACE_PERIOD_MS = 600_000;
/** Prometheus hands out targets 5 s after its start (discovery/manager.go, `updatert`); then scrape, evaluation, Watchdog. */
const DISCOVERY_MS = 5_000;
const STARTUP_REST_MS = 3_000;
const TEARDOWN_MS = 2_500;
/** Metrics and dashboards by themselves are watched this long, run ms: a few steady slots, and two levels of what moves. */
const MEASURED_MS = 24_000;

/**
 * Everything a run of this stack will do, as data. Pure: nothing is read or started.
 * @param speed by how much every duration of the stack is divided, at least 1
 * @param selection what of the stack is proved; everything else is left in peace
 * @throws InputError when an alert cannot be proved at this speed
 */
export function makePlan(
  spec: Spec,
  stackName: string,
  speed: number,
  selection: Selection = EVERYTHING,
): Plan {
  const faster = speedUp(spec.files, speed);
  const watchdog = spec.contract.alerts.find((alert) => alert.stimulus.kind === 'always');
  const watchdogEveryMs = watchdogInterval(spec, watchdog?.receivers ?? []) / speed;
  const plan = schedule(spec, speed, watchdogEveryMs, RESEND_DELAY_MS / speed, selection);
  const problems = [
    ...faster.problems,
    ...plan.unplannable.map(({ alert, reason }) => ({
      source: alert.source,
      message: `${alert.name} can't be proved at speed ${speed}: ${reason}`,
      expected: 'a lower --speed, or levels near and over that are nearer to each other',
    })),
  ];
  if (problems.length > 0) throw new InputError(problems);
  // All are recorded, since panels are judged by them too.
  const metrics = spec.contract.metrics.map((metric) => ({
    ...metric,
    selected: selection.wants(`metric/${metric.name}`),
  }));
  const shown = panelsOf(spec, speed, selection);
  const measured = metrics.some((metric) => metric.selected) || shown.panels.length > 0;
  const lengthMs = Math.max(lengthOf(plan.tracks), measured ? MEASURED_MS : 0);
  const signals = { ...plan.signals, ...exercise(spec, plan.signals, lengthMs) };
  const windows = spec.contract.alerts.map((alert) => alert.windowMs).filter((ms) => ms > 0);
  const services = servicesOf(spec);
  const scrapeMs = Math.max(...spec.prometheus.jobs.map((job) => job.scrapeIntervalMs)) / speed;
  const prometheus = spec.contract.jobs.find((job) => job.component === 'prometheus')?.name ?? '';
  const load = loadOf({
    signals,
    tracks: plan.tracks,
    lengthMs,
    speed,
    services,
    scrapeMs,
    windowMs: Math.min(...windows, 300_000) / speed,
    lastScrapeMs: plan.signals[`component.${prometheus}`]?.find((step) => step.level === 0)?.atMs,
  });
  // A scrape before the span's successor begins: a frozen target's series are stale at once.
  const quantiles = quantilesOf(
    metrics.filter((metric) => metric.selected),
    load,
    services,
    scrapedWithinMs(scrapeMs) - scrapeMs,
  );
  const grafana = grafanaRulesOf(spec, speed, load.lengthMs, selection);
  const rules = spec.prometheus.ruleGroups.flatMap((group) =>
    group.rules.map((rule) => ({ group, rule })),
  );
  const outage = spec.contract.alerts.find((alert) => alert.stimulus.kind === 'outage');
  return {
    schemaVersion: 3,
    stackName,
    speed,
    files: faster.files,
    prometheusFlags: prometheusFlags(speed),
    jobs: spec.prometheus.jobs.map((job) => {
      const promised = spec.contract.jobs.find((j) => j.name === job.name);
      return {
        name: job.name,
        target: job.targets[0] ?? '',
        metricsPath: job.metricsPath,
        component: promised?.component ?? '',
        toldBySilence: promised?.toldBySilence ?? null,
        scrapeMs: job.scrapeIntervalMs / speed,
      };
    }),
    watchdog: { alert: watchdog?.name ?? 'Watchdog', everyMs: watchdogEveryMs },
    alignToGroup: rules.find(({ rule }) => rule.alert === outage?.name)?.group.name ?? null,
    alerts: spec.contract.alerts.map((alert): AlertPlan => ({
      alert: alert.name,
      severity: alert.severity,
      receivers: alert.receivers.map((name) => {
        const promised = spec.contract.receivers.find((r) => r.name === name);
        return { name, kind: promised?.kind ?? 'webhook', to: promised?.to ?? null };
      }),
      says: alert.says,
      timing: timingOf(spec, alert, speed),
    })),
    selection: selection.text,
    metrics,
    provocations: provocationsOf(spec, speed),
    tracks: plan.tracks,
    signals,
    load,
    quantiles: quantiles.quantiles,
    grafanaRules: grafana.rules,
    questions: [...quantiles.questions, ...grafana.questions],
    ...shown,
    ...grafanaOf(spec, shown.panels, grafana.rules.length),
    lengthMs,
    criticalPath: criticalPath(plan.tracks, lengthMs),
    rules: Object.fromEntries(
      rules.map(({ rule }) => {
        const runExpr = speedUpExpr(rule.expr, speed).expr;
        return [
          rule.alert,
          { ...rule.source, expr: rule.expr, runExpr, valueExpr: valueExpr(runExpr) },
        ];
      }),
    ),
  };
}

/** The job of each of GT-Vision's own services that the stack has. */
function servicesOf(spec: Spec): LoadInput['services'] {
  const names = ['backend', 'streaming', 'ai'] as const;
  return Object.fromEntries(
    names.flatMap((name) =>
      spec.contract.jobs
        .filter((job) => job.component === `fake/${name}`)
        .map((job) => [name, job.name]),
    ),
  );
}

/** Flags for the durations that Prometheus takes on its command line instead of in its files. */
function prometheusFlags(speed: number): string[] {
  const ms = (real: number): string => `${Math.max(1, Math.round(real / speed))}ms`;
  return [
    `--rules.alert.resend-delay=${ms(RESEND_DELAY_MS)}`,
    `--query.lookback-delta=${ms(LOOKBACK_DELTA_MS)}`,
    `--rules.alert.for-grace-period=${ms(FOR_GRACE_PERIOD_MS)}`,
  ];
}

/** Longest time between two notifications of one group that stays as it is: Alertmanager looks every group_interval whether repeat_interval has passed. */
function watchdogInterval(spec: Spec, receivers: string[]): number {
  const routes = flatten(spec.alertmanager.route).filter((route) =>
    receivers.includes(route.receiver),
  );
  return Math.max(0, ...routes.map((route) => route.repeatIntervalMs + route.groupIntervalMs));
}

/** Backwards from the end of the run: the tracks that had to wait for each other, each until the next one begins. */
function criticalPath(tracks: Track[], lengthMs: number): CriticalPathEntry[] {
  const path: CriticalPathEntry[] = [];
  const start = (track: Track): number => track.steps[0]?.startMs ?? 0;
  const end = (track: Track): number => track.steps.at(-1)?.endMs ?? 0;
  const last = (candidates: Track[]): Track | undefined =>
    [...candidates].sort((a, b) => end(b) - end(a))[0];
  let until = lengthOf(tracks);
  for (let track = last(tracks); track;) {
    path.unshift({ name: track.id, ms: until - start(track) });
    until = start(track);
    const now = track;
    // A job's outage waits for the alerts of that job; Alertmanager's and Prometheus's wait for everything.
    const sameJob = tracks.filter((t) => start(t) < until && t.labels['job'] === now.labels['job']);
    track = last(sameJob.length > 0 ? sameJob : tracks.filter((t) => end(t) === until));
  }
  return [
    { name: 'start: Prometheus hands out its targets', ms: DISCOVERY_MS },
    { name: 'start: all targets up, Watchdog delivered', ms: STARTUP_REST_MS },
    ...path,
    ...(lengthMs > lengthOf(tracks)
      ? [{ name: 'metrics and dashboards', ms: lengthMs - lengthOf(tracks) }]
      : []),
    { name: 'evidence, stop', ms: TEARDOWN_MS },
  ];
}
