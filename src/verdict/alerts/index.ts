import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { contexts, runContext } from './context.ts';
import type { TrackContext } from './context.ts';
import { doubted } from './doubts/doubted.ts';
import { trackDoubts } from './doubts/index.ts';
import type { Episode } from './episodes.ts';
import { judgeTrack } from './track.ts';
import { nothingUnexpected } from './unexpected/index.ts';
import { unjudgedRun, unjudgedTrack } from './unjudged.ts';
import { judgeWatchdog } from './watchdog.ts';

/**
 * Judges every alert: the Watchdog first, since nothing else is judged without it; then the life of
 * each provoked instance; then that nothing else came.
 */
export function judgeAlerts(plan: Plan, evidence: Evidence): Verdict[] {
  const watchdog = judgeWatchdog(plan, evidence);
  if (watchdog.some((v) => v.outcome === 'fail')) return watchdog;
  if (evidence.t0 === null)
    return [...watchdog, ...plan.tracks.map((track) => unjudgedTrack(plan, track, evidence))];
  const run = runContext(plan, evidence, evidence.t0);
  const tracks = contexts(run);
  const judged = tracks.flatMap((c) => lifeOf(c, run.episodes));
  // Whatever was finished before, an interrupted run is never a pass.
  const rest = evidence.interruption
    ? [unjudgedRun(evidence)]
    : nothingUnexpected({ ...run, tracks, already: judged });
  return [...watchdog, ...judged, ...rest];
}

/** The verdicts on one track, as far as they can be believed. */
function lifeOf(c: TrackContext, episodes: Episode[]): Verdict[] {
  const { plan, evidence } = c;
  if (evidence.interruption && evidence.interruption.at < c.overAt)
    return [unjudgedTrack(plan, c.track, evidence)];
  const reasons = trackDoubts(c);
  return judgeTrack(c, episodes).map((v) => doubted(v, reasons, c));
}
