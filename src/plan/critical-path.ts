import type { CriticalPathEntry } from '../model/plan.ts';
import type { Track } from '../model/track.ts';
import { endOf, lengthOf } from './schedule.ts';

/**
 * Prometheus hands out targets 5 s after its start (discovery/manager.go, `updatert`); then scrape,
 * evaluation, Watchdog.
 */
const DISCOVERY_MS = 5_000;
const STARTUP_REST_MS = 2_000;
const TEARDOWN_MS = 1_500;

/**
 * Backwards from the end of the run: the tracks that had to wait for each other, each until the
 * next one begins.
 * @param tracks in run ms, as `lengthMs`
 */
export function criticalPath(tracks: Track[], lengthMs: number): CriticalPathEntry[] {
  const path: CriticalPathEntry[] = [];
  let until = lengthOf(tracks);
  let track = tracks.find((one) => endOf(one) === until);
  while (track) {
    const startMs = track.steps[0]?.startMs ?? 0;
    path.unshift({ name: track.id, ms: until - startMs });
    until = startMs;
    const { after } = track;
    track = tracks.find((one) => one.id === after);
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
