import type { AlertPlan, Plan } from '../../model/plan.ts';
import type { Track } from '../../model/track.ts';

/**
 * How many expectations of alerts a run of this plan is judged by, when it gets to its end and
 * every alert fires; those of metrics and panels depend on the series that are found.
 */
export function expectationCount(plan: Plan): number {
  const tracks = plan.tracks.map((track) => {
    const alert = plan.alerts.find((a) => a.alert === track.alert);
    return alert ? ofTrack(plan, track, alert) : 0;
  });
  const watchdog = plan.alerts.some((a) => a.alert === plan.watchdog.alert) ? 1 : 0;
  // "Nothing unexpected": once for each alert but the Watchdog; of a part, for each that is in it.
  const others = plan.alerts.filter(
    (a) =>
      a.alert !== plan.watchdog.alert &&
      (plan.selection === null || plan.tracks.some((track) => track.alert === a.alert)),
  );
  return watchdog + tracks.reduce((sum, n) => sum + n, 0) + others.length;
}

function ofTrack(plan: Plan, track: Track, alert: AlertPlan): number {
  const has = (phase: string): boolean => track.steps.some((s) => s.phase === phase);
  const silent = plan.jobs.some(
    (job) => job.toldBySilence !== null && job.name === track.labels['job'],
  );
  // Silence alone; with a return also pending, firing and the end.
  if (silent && has('outage')) return has('return') ? 4 : 1;
  // A blip, and quiet just below the limit, for what has one.
  const quiet = Number(has('blip')) + Number(has('near'));
  if (!has('breach') && !has('outage')) return quiet;
  const told = alert.receivers.length;
  const ended = alert.receivers.filter(({ resolved }) => resolved).length;
  // Pending, firing, text, end.
  return quiet + 4 + told + ended + (track.follower ? 1 : 0);
}
