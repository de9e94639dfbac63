import type { CriticalPathEntry, Track } from '../model/plan.ts';
import { endOf, lengthOf } from './schedule.ts';

/** Prometheus hands out targets 5 s after its start (discovery/manager.go, `updatert`); then scrape, evaluation, Watchdog. */
const DISCOVERY_MS = 5_000;
const STARTUP_REST_MS = 3_000;
const TEARDOWN_MS = 2_500;

/**
 * Backwards from the end of the run: the tracks that had to wait for each other, each until the next one begins.
 * @param tracks in run ms, as `lengthMs`
 */
export function criticalPath(tracks: Track[], lengthMs: number): CriticalPathEntry[] {
  const path: CriticalPathEntry[] = [];
  const start = (track: Track): number => track.steps[0]?.startMs ?? 0;
  const last = (candidates: Track[]): Track | undefined =>
    [...candidates].sort((a, b) => endOf(b) - endOf(a))[0];
  let until = lengthOf(tracks);
  for (let track = last(tracks); track;) {
    path.unshift({ name: track.id, ms: until - start(track) });
    until = start(track);
    const now = track;
    // A job's outage waits for the alerts of that job; Alertmanager's and Prometheus's wait for everything.
    const sameJob = tracks.filter((t) => start(t) < until && t.labels['job'] === now.labels['job']);
    track = last(sameJob.length > 0 ? sameJob : tracks.filter((t) => endOf(t) === until));
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
