import { wholeSpeed } from '../../speedup/whole-speed.ts';
import type { CountedBy } from '../../speedup/whole-speed.ts';
import type { PlannedAlert } from './alerts.ts';
import type { Company } from './company.ts';
import type { JobTargets } from './target.ts';
import { fastestSpeed, speedsUpTo } from './speed.ts';
import type { Subject } from './subject.ts';
import type { Intervals } from './times.ts';
import { trackPlan } from './tracks.ts';
import type { TrackPlan } from './tracks.ts';

export interface FittingTracks {
  speed: number;
  /** Why this speed. */
  speedReason: string;
  tracks: TrackPlan;
}

/**
 * The tracks at the gentlest speed at which most alerts fit into the time that there is; at the one
 * that was asked for, if one was.
 */
export function fittingTracks(
  stack: Subject,
  what: { alerts: PlannedAlert[]; jobs: JobTargets[]; intervals: Intervals },
  how: { speed: number | undefined; withinMs: number; company: Company },
): FittingTracks {
  const { alerts, jobs, intervals } = what;
  const fastest = fastestSpeed(stack, intervals);
  const wanted = how.speed === undefined ? speedsUpTo(fastest.speed) : [how.speed];
  const counted = countedBy(stack, intervals);
  const speeds = wanted.map((speed) => wholeSpeed(counted, speed));
  const plans = speeds.map((speed) => ({
    speed,
    tracks: trackPlan(stack, alerts, jobs, intervals, speed, how.withinMs, how.company),
  }));
  const best = plans.reduce((a, b) => (liveOf(b.tracks) > liveOf(a.tracks) ? b : a));
  return {
    ...best,
    speedReason: how.speed === undefined ? fastest.reason : 'it was asked for',
  };
}

/** What alerts of a stack count evaluations by. */
function countedBy({ groups }: Pick<Subject, 'groups'>, intervals: Intervals): CountedBy[] {
  return groups.map(({ evaluationMs, rules }) => ({
    intervalMs: evaluationMs ?? intervals.evaluationMs,
    heldMs: rules.flatMap(({ forMs, keepFiringForMs }) => [forMs ?? 0, keepFiringForMs ?? 0]),
  }));
}

function liveOf({ tracks }: TrackPlan): number {
  return tracks.filter(({ way }) => way === 'live').length;
}
