import type { ProofPlan } from '../../model/proof-plan.ts';
import type { Solution } from '../../model/recipe.ts';
import type { VirtualWorld } from '../../model/virtual-world.ts';
import { prometheusFlags } from '../../speedup/prometheus-flags.ts';
import type { Stack } from '../../stack/index.ts';
import { alertRelabelling } from './alert-relabelling.ts';
import { alertmanagerFile } from './alertmanager-file.ts';
import { isPlain, jobsOf, plannedAlerts } from './alerts.ts';
import type { PlannedAlert } from './alerts.ts';
import {
  componentNotes,
  exportedHere,
  placedComponents,
  selectedMetrics,
  withoutPlace,
} from './components.ts';
import type { AskedComponent } from './components.ts';
import type { JobTargets } from './target.ts';
import { discoveryChanges } from './discovery.ts';
import type { Absence } from './discovery.ts';
import { lackingNotes } from './lacking.ts';
import { missingInAlerts, missingInPanels, unseenNotes } from './missing.ts';
import type { Known } from './missing.ts';
import { plannedPanels } from './panels.ts';
import { hostsOf } from './hosts.ts';
import { sourceOf } from './place-source.ts';
import { prometheusFile } from './prometheus-file.ts';
import { askingBackNotes } from './asks-back.ts';
import { ruleNotes } from './evaluator-keys.ts';
import { ruleFiles } from './rule-files.ts';
import { fittingTracks } from './fitting.ts';
import { subjectOf } from './subject.ts';
import type { Rule } from '../../stack/rules.ts';
import type { Subject } from './subject.ts';
import { baseOf } from './base.ts';
import type { SavedMetrics } from './saved.ts';
import { intervalsOf, panelsShownMs, slackMs } from './times.ts';
import { NO_COMPANY } from './company.ts';
import type { Company, Left } from './company.ts';
import { standInJob } from './tracks.ts';
import type { TrackPlan } from './tracks.ts';
import { withoutAlertmanager, withoutPrometheus } from './unconfigured.ts';
import { virtualWorld } from './virtual.ts';
import { whyNever } from './why-never.ts';
import { syntheticTargets } from './world.ts';

export interface ProofPlanOptions {
  stackName: string;
  /** How long the run may take from its first to its last alert, real ms. */
  withinMs: number;
  /** Instead of the one that fits. */
  speed?: number;
  /** What jobs export, as it was saved from their real targets. */
  saved?: SavedMetrics;
  /** What really runs behind jobs. */
  components?: AskedComponent[];
  /** Rule groups, each behind those that record what it reads. */
  groupOrder: string[];
  /** Alerts that aren't themselves beside others, as virtual time has shown. */
  company?: Company;
}

export interface PlannedProof {
  plan: ProofPlan;
  /** The same in the stack's own time, for the engine. */
  world: VirtualWorld;
  /** Why an alert can never fire in this stack, by the number of its rule; where that is known. */
  whyNever: (alert: number) => Left | undefined;
}

/** Why a label that a configuration gives is nothing that its rules read. */
const EXTERNAL = '; external_labels are on what leaves Prometheus, and not on what its rules read';

/**
 * Plans the proof of every solved alert of a stack in one sped-up world.
 * @param solution what was solved; alerts that it doesn't have a recipe for aren't provoked
 */
export function makeProofPlan(
  given: Stack,
  solution: Solution,
  {
    stackName,
    withinMs,
    speed: asked,
    saved = new Map(),
    components: askedComponents = [],
    groupOrder,
    company = NO_COMPANY,
  }: ProofPlanOptions,
): PlannedProof {
  const { subject: stack, notes } = subjectOf(given);
  const jobs = jobsOf(stack);
  const alerts = plannedAlerts(stack, solution, jobs);
  const intervals = intervalsOf(stack);
  const { speed, speedReason, tracks } = fittingTracks(
    stack,
    { alerts, jobs, intervals },
    { speed: asked, withinMs, company },
  );
  const rules = ruleFiles(stack.groups, speed, tracks.standIns, intervals.evaluationMs);
  const observed = alertmanagerFile(stack, speed);
  const all = tracks.standIns.length > 0 ? [...jobs, standInJob()] : jobs;
  const prometheus = prometheusFile(stack, all, speed, observed !== undefined);
  const base = baseOf(jobs, saved);
  const components = placedComponents(jobs, askedComponents);
  const targets = syntheticTargets(jobs, base, tracks, components);
  const known = { metrics: stack.metrics, saved, exported: exportedHere(base, components) };
  const { scrapeMs } = intervals;
  const panels = plannedPanels(stack.dashboards, known, { scrapeMs, speed });
  const discovery = discoveryChanges(jobs, absencesIn(tracks));
  const plan: ProofPlan = {
    ...({ schemaVersion: 2, stackName, speed, speedReason } as const),
    lengthMs: lengthOf(tracks, panels.length > 0 ? panelsShownMs(intervals, speed) : 0),
    slackMs: slackMs(stack.groups, intervals, speed, discovery.length > 0),
    files: [...rules.files, ...prometheus.files, ...(observed?.files ?? [])],
    pems: [...prometheus.pems, ...(observed?.pems ?? [])],
    hosts: hostsOf(targets, components, observed?.receivers.endpoints ?? []),
    targets,
    components: components.map(withoutPlace),
    selected: selectedMetrics(stack),
    discovery,
    receivers: observed?.receivers ?? null,
    ...wayToAlertmanager(stack),
    tracks: tracks.tracks,
    panels,
    missing: [...missingInAlerts(alerts, known), ...missingInPanels(stack.dashboards, known)],
    notProvoked: [...cannotFire(stack, alerts), ...tracks.virtual],
    prometheusFlags: prometheusFlags(speed),
    notes: [
      ...[...notes, ...prometheus.notes, ...(observed?.notes ?? [withoutAlertmanager(stack)])],
      ...[...jobNotes(stack, jobs), ...componentNotes(components)],
      ...[...textNotes(stack, tracks, rules.leftOut), ...alertNotes(alerts, known)],
    ],
  };
  const world = virtualWorld({ ...stack, groupOrder }, jobs, base, tracks, intervals, speed);
  return { plan, world, whyNever: (alert) => neverFor(alert, stack, jobs) };
}

/** What alerts were proved on that they may not be meant for. */
function alertNotes(alerts: readonly PlannedAlert[], known: Known): string[] {
  return [...unseenNotes(alerts, known), ...lackingNotes(alerts)];
}

function neverFor(alert: number, stack: Subject, jobs: JobTargets[]): Left | undefined {
  const rule = stack.rules[alert];
  const cause = rule && whyNever(rule, { ...stack, jobs });
  if (!cause) return undefined;
  const { reason: why, place } = cause;
  return { kind: 'cannot-fire-here', why, source: place ? sourceOf(place) : null };
}

/** What is left out of rules, and which of their texts aren't judged. */
function textNotes({ groups }: Subject, { tracks }: TrackPlan, leftOut: Rule[]): string[] {
  return [...ruleNotes(groups, leftOut), ...askingBackNotes(tracks)];
}

function wayToAlertmanager(
  stack: Subject,
): Pick<ProofPlan, 'namesAlertmanager' | 'alertRelabelling'> {
  return {
    namesAlertmanager: namesAlertmanager(stack),
    alertRelabelling: alertRelabelling(stack),
  };
}

/** Whether alerts are pushed to anybody; true where that is said by what lies elsewhere. */
function namesAlertmanager({ prometheus }: Subject): boolean {
  if (!prometheus) return true;
  const { root, origin } = prometheus;
  if (origin === 'file') return root.at('alerting', 'alertmanagers').items().length > 0;
  const spec = root.get('spec');
  return (
    root.get('kind').text() !== 'Prometheus' ||
    spec.at('alerting', 'alertmanagers').items().length > 0 ||
    spec.has('additionalAlertManagerConfigs')
  );
}

function lengthOf({ tracks }: TrackPlan, leastMs: number): number {
  return Math.max(leastMs, ...tracks.map(({ endMs }) => endMs));
}

/** Targets that nobody may discover while their alert is over its limit. */
function absencesIn({ provoked }: TrackPlan): Absence[] {
  return provoked.flatMap(({ track, taken }) =>
    taken.gone.map((target) => ({ target, fromMs: track.overAtMs, untilMs: track.calmAtMs })),
  );
}

function cannotFire(stack: Subject, alerts: PlannedAlert[]): ProofPlan['notProvoked'] {
  return alerts.flatMap(({ recipe, placement }) => {
    if ('placed' in placement) return [];
    const { dropped, reason, lacks, isUnsure, place: written } = placement;
    const job = stack.prometheus?.jobs.find(({ name }) => name === dropped?.job.name);
    const rules = job?.value.get(job.made ? 'metricRelabelings' : 'metric_relabel_configs').items();
    const isExternal = stack.prometheus?.externalLabels.has(lacks?.label ?? '') === true;
    const place = written ?? (dropped && rules?.[dropped.rule]?.head);
    return [
      {
        alert: recipe.alert,
        kind: isUnsure ? ('unjudged' as const) : ('cannot-fire-here' as const),
        why: `${reason}${isExternal ? EXTERNAL : ''}`,
        source: place ? sourceOf(place) : null,
      },
    ];
  });
}

function jobNotes(stack: Subject, jobs: JobTargets[]): string[] {
  if (!stack.prometheus) return [withoutPrometheus(stack)];
  return jobs.flatMap((job) => {
    const { name, targets, isMadeUp, droppedBy } = job;
    if (isPlain(job))
      return ["what no resource scrapes is on one plain job: how it is scraped wasn't judged"];
    if (targets.length === 0)
      return [
        droppedBy === undefined
          ? `job ${name} has no target`
          : `job ${name} has no target: relabelling drops all that was tried`,
      ];
    const made = targets.length === 1 ? 'one was' : `${targets.length} were`;
    return isMadeUp ? [`job ${name} discovers its targets: ${made} made up for it`] : [];
  });
}
