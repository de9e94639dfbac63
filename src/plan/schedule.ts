import { receivedWithinMs } from '../lib/formulas.ts';
import type { AlertContract } from '../model/contract.ts';
import type { SignalStep, Track } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { outageTrack, silenceTrack } from './outage-track.ts';
import type { OutagePlan } from './outage-track.ts';
import type { Selection } from './selection.ts';
import { stateTrack } from './state-track.ts';
import { timingFor } from './timings.ts';
import type { Timings } from './timings.ts';

export interface Schedule {
  tracks: Track[];
  signals: Record<string, SignalStep[]>;
  /** Alerts that cannot be planned at this speed, with the reason. */
  unplannable: { alert: AlertContract; reason: string }[];
}

/**
 * When everything is done. State alerts don't disturb each other and all begin at T0; the outage of a job begins when
 * the alerts that need that job are through, at once if there are none; Alertmanager and Prometheus are stopped last.
 */
export function schedule(spec: Spec, timings: Timings, selection: Selection): Schedule {
  const { contract } = spec;
  const out: Schedule = { tracks: [], signals: {}, unplannable: [] };
  for (const alert of contract.alerts) {
    if (alert.stimulus.kind === 'outage' || alert.stimulus.kind === 'always') continue;
    if (!selection.wants(`alert/${alert.name}`)) continue;
    const track = stateTrack(alert, timingFor(timings, alert), selection.life);
    if (typeof track === 'string') out.unplannable.push({ alert, reason: track });
    else addTrack(out, track);
  }
  for (const alert of contract.alerts.filter((a) => a.stimulus.kind === 'outage'))
    addOutages(out, spec, alert, timings, selection);
  for (const steps of Object.values(out.signals)) steps.sort((a, b) => a.atMs - b.atMs);
  return out;
}

function addOutages(
  out: Schedule,
  spec: Spec,
  alert: AlertContract,
  timings: Timings,
  selection: Selection,
): void {
  const { contract } = spec;
  const wanted = contract.jobs.filter((job) => selection.wants(`alert/${alert.name}/${job.name}`));
  let free = 0;
  for (const job of wanted.filter((j) => !j.toldBySilence)) {
    const users = out.tracks.filter((track) => track.labels['job'] === job.name);
    const busyUntil =
      users.length > 0
        ? Math.max(...users.map((track) => inactiveAt(timings, track)))
        : (free += timings.undivided.staggerMs);
    const followed = contract.alerts.find((a) => a.name === job.follower);
    const follower = followed ? { contract: followed, timing: timingFor(timings, followed) } : null;
    addOutage(out, outageTrack(alert, job, timings, busyUntil, follower));
  }
  // Prometheus last: when it's gone, nothing records any more.
  const silent = wanted
    .filter((j) => j.toldBySilence)
    .sort((a, b) => Number(a.component === 'prometheus') - Number(b.component === 'prometheus'));
  for (const job of silent) addOutage(out, silenceTrack(alert, job, timings, lengthOf(out.tracks)));
}

function addOutage(out: Schedule, plan: OutagePlan): void {
  addTrack(out, plan.track);
  const signal = plan.track.follower?.signal;
  if (!signal) return;
  const steps = (out.signals[signal] ??= []);
  for (const s of plan.followerSteps)
    steps.push({
      atMs: s.atMs,
      level: s.level,
      step: `${plan.track.id}/follower-${s.phase}`,
    });
}

function addTrack(out: Schedule, track: Track): void {
  out.tracks.push(track);
  if (!track.signal) return;
  const steps = (out.signals[track.signal] ??= []);
  for (const step of track.steps) {
    // Two steps of one level (settle, near) are one act.
    if (steps.at(-1)?.level !== step.level)
      steps.push({ atMs: step.startMs, level: step.level, step: `${track.id}/${step.phase}` });
  }
}

/** When a state alert is surely not active any more: only its end has to be told yet, which an outage of its job doesn't disturb. */
function inactiveAt(timings: Timings, track: Track): number {
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
