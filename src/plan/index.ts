import { COMPONENT } from '../lib/components.ts';
import { componentSignal, isLoad } from '../lib/plan-names.ts';
import { InputError } from '../lib/errors.ts';
import { PLAN_VERSION } from '../model/plan.ts';
import type { AlertPlan, Plan } from '../model/plan.ts';
import type { RuleGroup, Spec } from '../model/spec.ts';
import { serviceOf } from '../technologies/offered.ts';
import { SERVICE_NAMES } from '../technologies/registry.ts';
import { criticalPath } from './critical-path.ts';
import { exercise } from './exercise.ts';
import { grafanaRulesOf } from './grafana-rules.ts';
import { grafanaOf } from './grafana.ts';
import { blipsWithinMs, loadOf, probedWithinMs, scrapedWithinMs } from './load.ts';
import type { LoadInput } from './load.ts';
import { observe } from './observe.ts';
import { gridGroup } from './outage-jobs.ts';
import { panelsOf, slotWindowMs } from './panels.ts';
import { provocationsOf } from './provocations.ts';
import { quantilesOf } from './quantiles.ts';
import { isVirtual } from './levels.ts';
import { lengthOf, schedule } from './schedule.ts';
import type { Schedule } from './schedule.ts';
import { EVERYTHING } from './selection.ts';
import type { Selection } from './selection.ts';
import { speedUp } from '../speedup/index.ts';
import { wholeSpeed } from '../speedup/whole-speed.ts';
import type { CountedBy } from '../speedup/whole-speed.ts';
import { planAtSpeed } from './at-speed.ts';
import type { StackTimePlan } from './at-speed.ts';
import { timingFor, timingsOf } from './timings.ts';
import type { Timings } from './timings.ts';

/**
 * Everything a run of this stack will do, as data. Pure: nothing is read or started.
 * The plan is made in the stack's own time, and sped up as a whole: its files, its table of timings
 * and its timeline.
 * @param speed by how much every duration of the stack is divided, at least 1
 * @param selection what of the stack is proved; everything else is left in peace
 * @throws InputError when an alert cannot be proved at this speed
 */
export function makePlan(
  spec: Spec,
  stackName: string,
  askedSpeed: number,
  selection: Selection = EVERYTHING,
): Plan {
  const speed = wholeSpeed(countedBy(spec), askedSpeed);
  const timings = timingsOf(spec, speed);
  const scheduled = schedule(spec, timings, selection);
  const faster = speedUp(spec.files, speed);
  const problems = [...faster.problems, ...scheduled.problems];
  if (problems.length > 0) throw new InputError(problems);
  const plan = planAtSpeed(inStackTime(spec, stackName, timings, scheduled, selection), speed);
  return {
    ...plan,
    ...observe(faster.files),
    criticalPath: criticalPath(plan.tracks, plan.lengthMs),
  };
}

/** What alerts of a stack count evaluations by. */
function countedBy({ prometheus }: Spec): CountedBy[] {
  return prometheus.ruleGroups.map(({ intervalMs, rules }) => ({
    intervalMs,
    heldMs: rules.flatMap(({ forMs, keepFiringForMs }) => [forMs, keepFiringForMs]),
  }));
}

/** The plan before it is sped up. */
function inStackTime(
  spec: Spec,
  stackName: string,
  timings: Timings,
  { tracks, companions, signals: moved }: Schedule,
  selection: Selection,
): StackTimePlan {
  // All are recorded, since panels are judged by them too.
  const metrics = spec.contract.metrics.map((metric) => ({
    ...metric,
    selected: selection.wants(`metric/${metric.name}`),
  }));
  const judged = metrics.filter((metric) => metric.selected);
  const shown = panelsOf(spec, timings, selection);
  const measured = judged.length > 0 || shown.panels.length > 0;
  const services = servicesOf(spec);
  const lengthMs = Math.max(
    lengthOf(tracks),
    blipsWithinMs(tracks, timings),
    measured ? timings.undivided.measuredMs : 0,
    measured ? probedWithinMs(tracks, services, timings) : 0,
  );
  const signals = { ...moved, ...exercise(spec, moved, lengthMs) };
  const prometheus = spec.contract.jobs.find((job) => job.component === 'prometheus')?.name ?? '';
  const lastScrapeMs = moved[componentSignal(prometheus)]?.find(
    ({ level }) => level === COMPONENT.stopped,
  )?.atMs;
  const load = loadOf({
    ...{ signals, tracks, lengthMs, timings, services, lastScrapeMs },
    panelWindowMs: slotWindowMs(shown.panels),
    isMeasured: measured || tracks.some((track) => track.signal !== null && isLoad(track.signal)),
  });
  // A scrape before the span's successor begins: a frozen target's series are stale at once.
  const settleMs = scrapedWithinMs(timings) - timings.scrapeMs;
  const { leastLifeMs } = timings.undivided;
  const quantiles = quantilesOf(judged, load, services, { leastLifeMs, settleMs });
  const grafana = grafanaRulesOf(spec, load.lengthMs, selection);
  return {
    schemaVersion: PLAN_VERSION,
    stackName,
    selection: selection.text,
    jobs: jobsOf(spec),
    watchdog: { alert: watchdogOf(spec), everyMs: timings.watchdogEveryMs },
    alignToGroup: gridGroup(spec),
    alerts: alertsOf(spec, timings),
    metrics,
    provocations: provocationsOf(spec, timings),
    tracks,
    companions,
    signals,
    load,
    quantiles: quantiles.quantiles,
    grafanaRules: grafana.rules,
    questions: [...quantiles.questions, ...grafana.questions],
    ...shown,
    ...grafanaOf(spec, shown.panels, grafana.rules.length),
    lengthMs,
    rules: rulesOf(spec.prometheus.ruleGroups),
  };
}

function watchdogOf(spec: Spec): string {
  return spec.contract.alerts.find((a) => a.stimulus.kind === 'always')?.name ?? 'Watchdog';
}

/** Each scraped job, with what the contract says of it. */
function jobsOf(spec: Spec): Plan['jobs'] {
  return spec.prometheus.jobs.map((job) => {
    const promised = spec.contract.jobs.find((j) => j.name === job.name);
    return {
      name: job.name,
      target: job.targets[0] ?? '',
      metricsPath: job.metricsPath,
      component: promised?.component ?? '',
      toldBySilence: promised?.toldBySilence ?? null,
      scrapeMs: job.scrapeIntervalMs,
    };
  });
}

function alertsOf(spec: Spec, timings: Timings): AlertPlan[] {
  return spec.contract.alerts.map((alert) => ({
    alert: alert.name,
    severity: alert.severity,
    receivers: alert.receivers.map((name) => {
      const promised = spec.contract.receivers.find((r) => r.name === name);
      const { kind = 'webhook', to = null, resolved = false } = promised ?? {};
      return { name, kind, to, resolved };
    }),
    says: alert.says,
    ...(isVirtual(alert) ? { virtual: true as const } : {}),
    timing: timingFor(timings, alert),
  }));
}

function rulesOf(groups: RuleGroup[]): Plan['rules'] {
  return Object.fromEntries(
    groups.flatMap(({ rules }) =>
      rules.map(({ alert, expr, source }) => [
        alert,
        { ...source, expr, runExpr: expr, valueExpr: expr },
      ]),
    ),
  );
}

/** The job of each service of the stack that the load asks. */
function servicesOf(spec: Spec): LoadInput['services'] {
  return Object.fromEntries(
    SERVICE_NAMES.flatMap((name) =>
      spec.contract.jobs
        .filter((job) => serviceOf(job.component) === name)
        .map((job) => [name, job.name]),
    ),
  );
}
