import { stepName } from '../lib/plan-names.ts';
import { receivedWithinMs } from '../lib/formulas.ts';
import type { InputProblem } from '../lib/errors.ts';
import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Companion, SignalStep, Track } from '../model/track.ts';
import type { Spec } from '../model/spec.ts';
import { resourceOfJob, resourcesOf } from '../technologies/resources.ts';
import type { Resource } from '../technologies/resources.ts';
import {
  companionsOfOutage,
  companionsOnSignal,
  onTheSameSignal,
  outlasting,
  quietAt,
} from './companions.ts';
import { isProvoked, levelsOf, signalOf } from './levels.ts';
import { alsoDown, broughtBy, isOnGrid, outageJobs } from './outage-jobs.ts';
import { outageTrack, silenceTrack } from './outage-track.ts';
import type { OutagePlan } from './outage-track.ts';
import { allFreeAt, freeAt } from './placement.ts';
import type { Free, Taken } from './placement.ts';
import type { Life, Selection } from './selection.ts';
import { calmAtFirstMs, stateTrack } from './state-track.ts';
import { timingFor } from './timings.ts';
import type { Timings } from './timings.ts';

/** When everything is done; the stack's own time. */
export interface Schedule {
  tracks: Track[];
  signals: Record<string, SignalStep[]>;
  companions: Companion[];
  /** What cannot be planned, with the reason and where it is written. */
  problems: InputProblem[];
}

/** A schedule in the making. */
interface Draft extends Schedule {
  spec: Spec;
  timings: Timings;
  taken: Taken[];
}

/**
 * Every track at the earliest time when what its stimulus sets is free: alerts on different parts
 * of the world run side by side from T0; two on the same part one after the other, in the
 * contract's order; the outage of a job when the alerts that need its component are through, at
 * once if there are none; Alertmanager and Prometheus are stopped last.
 */
export function schedule(spec: Spec, timings: Timings, selection: Selection): Schedule {
  const draft: Draft = {
    ...{ spec, timings, taken: [] },
    ...{ tracks: [], signals: {}, companions: [], problems: [] },
  };
  for (const alert of spec.contract.alerts)
    if (isProvoked(alert) && selection.wants(`alert/${alert.name}`))
      addState(draft, alert, selection.life);
  addOutages(draft, selection);
  const { tracks, signals, companions, problems } = draft;
  for (const steps of Object.values(signals)) steps.sort((a, b) => a.atMs - b.atMs);
  return { tracks, signals, companions, problems };
}

function addState(draft: Draft, alert: AlertContract, life: Life = 'whole'): void {
  const { contract } = draft.spec;
  const others = onTheSameSignal(alert, contract.alerts);
  const restless = others.filter((other) => neverQuiet(alert, other));
  draft.problems.push(...restless.map((other) => restlessness(alert, other)));
  if (restless.length > 0) return;
  const resources = resourcesOfState(draft.spec, alert);
  // What another signal makes happen is no longer active when its end has only to be told.
  const free = freeAt(draft.taken, resources, others.length > 0 ? 'untilMs' : 'inactiveMs');
  const timing = timingFor(draft.timings, alert);
  const isCalmAtFirst = others.length === 0 && (life === 'whole' || life === 'quiet');
  const calmMs = isCalmAtFirst ? calmAtFirstMs(alert, timing) : 0;
  const startMs = Math.max(0, free.atMs - calmMs);
  const track = stateTrack(alert, timing, startMs, life);
  if (typeof track === 'string') draft.problems.push(unplannable(draft, alert, track));
  else {
    const companions = companionsOnSignal(track, others, draft.timings);
    place(draft, { ...track, after: free.after }, resources, companions);
  }
}

/** Whether an alert is active even while the other one's stimulus is calm. */
function neverQuiet(alert: AlertContract, other: AlertContract): boolean {
  const [levels, theirs] = [levelsOf(alert.stimulus), levelsOf(other.stimulus)];
  return levels !== undefined && theirs !== undefined && !quietAt(theirs, levels.calm);
}

function restlessness(alert: AlertContract, other: AlertContract): InputProblem {
  return {
    source: alert.source,
    message:
      `${alert.name} and ${other.name} watch the same signal ` +
      `(${signalOf(alert.stimulus) ?? ''}), and at the calm level of ${alert.name}, ` +
      `${alert.stimulus.calm ?? alert.stimulus.near ?? ''}, ${other.name} isn't quiet`,
    expected: 'a calm level at which both are quiet',
  };
}

function unplannable({ timings }: Draft, alert: AlertContract, reason: string): InputProblem {
  return {
    source: alert.source,
    message: `${alert.name} can't be proved at speed ${timings.speed}: ${reason}`,
    expected: 'a lower --speed, or levels near and over that are nearer to each other',
  };
}

function addOutages(draft: Draft, selection: Selection): void {
  const { spec, timings } = draft;
  const outages = spec.contract.alerts
    .filter((alert) => alert.stimulus.kind === 'outage')
    .flatMap((alert) => outageJobs(spec, alert).map((job) => ({ alert, job })))
    .filter(({ alert, job }) => selection.wants(`alert/${alert.name}/${job.name}`));
  let staggeredMs = 0;
  // What takes longest to come back begins first: the others are through meanwhile.
  const told = outages
    .filter(({ job }) => !job.toldBySilence)
    .sort((a, b) => timings.startMs(b.job.component) - timings.startMs(a.job.component));
  for (const { alert, job } of told) {
    const resources = resourcesOfOutage(spec, job);
    const free = freeAt(draft.taken, resources, 'inactiveMs');
    const atMs = free.after === null ? (staggeredMs += timings.undivided.staggerMs) : free.atMs;
    addOutage(draft, alert, job, { ...free, atMs }, resources);
  }
  // Prometheus last: when it's gone, nothing records any more.
  const silent = outages
    .filter(({ job }) => job.toldBySilence)
    .sort((a, b) => Number(isPrometheus(a.job)) - Number(isPrometheus(b.job)));
  for (const { alert, job } of silent) {
    // What still fires then ends without Prometheus, too: Alertmanager waits for nobody.
    const free = allFreeAt(draft.taken, isPrometheus(job) ? 'endMs' : 'untilMs');
    const plan = silenceTrack(alert, job, timings, free.atMs);
    if (isPrometheus(job)) draft.companions = outlasting(draft.companions, free.atMs, timings);
    addOutagePlan(draft, plan, alert, job, free, [resourceOfJob(job)]);
  }
}

function isPrometheus(job: JobContract): boolean {
  return job.component === 'prometheus';
}

/** What an alert's stimulus acts upon, at the job that its labels name where they do. */
export function resourcesOfState(
  { contract }: Spec,
  { labels, stimulus }: AlertContract,
): Resource[] {
  const jobs = contract.jobs.filter(({ name }) => (labels['job'] ?? name) === name);
  return resourcesOf(stimulus, jobs);
}

/** All of the component, and what makes its follower happen. */
export function resourcesOfOutage({ contract }: Spec, job: JobContract): Resource[] {
  const follower = contract.alerts.find((alert) => alert.name === job.follower);
  return [resourceOfJob(job), ...(follower ? resourcesOf(follower.stimulus, contract.jobs) : [])];
}

function addOutage(
  draft: Draft,
  alert: AlertContract,
  job: JobContract,
  free: Free,
  resources: Resource[],
): void {
  const { spec, timings } = draft;
  const followed = spec.contract.alerts.find((a) => a.name === job.follower);
  const follower = followed ? { contract: followed, timing: timingFor(timings, followed) } : null;
  const plan = outageTrack(alert, job, timings, free.atMs, follower, isOnGrid(spec, alert));
  if (typeof plan === 'string') draft.problems.push(unplannable(draft, alert, plan));
  else addOutagePlan(draft, plan, alert, job, free, resources);
}

function addOutagePlan(
  draft: Draft,
  plan: OutagePlan,
  alert: AlertContract,
  job: JobContract,
  { after }: Free,
  resources: Resource[],
): void {
  const others = { down: alsoDown(draft.spec, alert, job), brought: broughtBy(draft.spec, job) };
  const companions = companionsOfOutage(plan.track, job, others, draft.timings);
  place(draft, { ...plan.track, after }, resources, companions);
  const signal = plan.track.follower?.signal;
  if (!signal) return;
  const steps = (draft.signals[signal] ??= []);
  for (const { atMs, level, phase } of plan.followerSteps)
    if (steps.at(-1)?.level !== level)
      steps.push({
        atMs,
        level,
        step: stepName({ track: plan.track.id, phase: `follower-${phase}` }),
      });
}

function place(draft: Draft, track: Track, resources: Resource[], companions: Companion[]): void {
  const endMs = endOf(track);
  const quietMs = Math.max(0, ...companions.map((one) => one.untilMs));
  draft.tracks.push(track);
  draft.companions.push(...companions);
  draft.taken.push({
    track: track.id,
    resources,
    inactiveMs: Math.max(inactiveAt(draft.timings, track), quietMs),
    endMs,
    untilMs: Math.max(endMs, quietMs),
  });
  if (!track.signal) return;
  const steps = (draft.signals[track.signal] ??= []);
  for (const step of track.steps) {
    // Two steps of one level (settle, near) are one act.
    if (steps.at(-1)?.level !== step.level)
      steps.push({
        atMs: step.startMs,
        level: step.level,
        step: stepName({ track: track.id, phase: step.phase }),
      });
  }
}

/** When a track's alert is surely not active any more: only its end has to be told yet. */
export function inactiveAt(timings: Timings, track: Track): number {
  const timing = timings.alerts[track.alert];
  return endOf(track) - (timing ? receivedWithinMs(timing, 'resolved') : 0);
}

/** When a track is over. */
export function endOf(track: Track): number {
  return track.steps.at(-1)?.endMs ?? 0;
}

/** From T0 to the end of the last track. */
export function lengthOf(tracks: Track[]): number {
  return Math.max(0, ...tracks.map(endOf));
}
