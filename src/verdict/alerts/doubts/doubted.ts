import { spoiltIn } from '../../../model/expectation-kinds.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Verdict } from '../../../model/verdict.ts';
import { inconclusive } from '../../inconclusive.ts';
import { isTooEarly } from '../blip.ts';
import type { TrackContext } from '../context.ts';
import { refusal, valuesSeen } from '../values.ts';
import type { Doubt } from './doubt.ts';
import { WITHOUT_VALUE } from './explains.ts';

/** A failure that a doubt can explain becomes inconclusive, with its reason. */
export function doubted(verdict: Verdict, all: Doubt[], track?: TrackContext): Verdict {
  const { finding } = verdict;
  if (verdict.outcome !== 'fail' || !finding) return verdict;
  if (finding.id === 'fired-on-blip' && track && isTooEarly(track)) return verdict;
  const isEmpty = track !== undefined && wasWithoutValue(track, finding);
  const reasons = all.filter(
    (d) =>
      !(isEmpty && d.notWithoutValue) &&
      (d.explains?.includes(finding.id) ?? true) &&
      (d.at === undefined || !track || concerns(verdict, track, d.at)),
  );
  return inconclusive(
    verdict,
    reasons.map(({ reason }) => reason),
  );
}

/** Whether it was found because the expression never had a value. */
function wasWithoutValue(track: TrackContext, { id }: Finding): boolean {
  return (
    WITHOUT_VALUE.includes(id) &&
    refusal(track) === undefined &&
    valuesSeen(track, track.t0, track.evidence.endedAt) === null
  );
}

/**
 * Whether something that happened at this time lies in the phases that the expectation is about, or
 * just after.
 */
function concerns(verdict: Verdict, { track, alert, t0 }: TrackContext, at: number): boolean {
  const phases = spoiltIn(verdict.expectation);
  const steps = track.steps.filter((s) => !phases || phases.includes(s.phase));
  const { epsilonMs } = alert.timing;
  return steps.some((s) => at - t0 >= s.startMs - epsilonMs && at - t0 <= s.endMs + epsilonMs);
}
