import { receivedWithinMs } from '../../lib/formulas.ts';
import type { Verdict } from '../../model/verdict.ts';
import { blipStaysPending } from './blip.ts';
import { unjudged } from '../unjudged.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { firedEpisode, firesOnTime } from './firing.ts';
import { judgeOutage } from './outage.ts';
import { quietBelowLimit } from './quiet.ts';
import { resolvesInTime } from './resolving.ts';
import { judgeSilence } from './silence.ts';
import { judgeNotices } from './told.ts';

/**
 * What is expected of an alert instance, by what its track does to the world.
 * @param all episodes of every alert of the run
 */
export function judgeTrack(c: TrackContext, all: Episode[]): Verdict[] {
  if (!c.step('outage')) return judgeState(c);
  const job = c.plan.jobs.find(({ name }) => name === c.track.labels['job']);
  return job?.toldBySilence ? judgeSilence(c) : judgeOutage(c, all);
}

/** A level beyond the limit: quiet before it, noticed, told, over; as much of it as was done. */
function judgeState(c: TrackContext): Verdict[] {
  const verdicts = [
    ...(c.step('blip') ? [quietBelowLimit(c), blipStaysPending(c)] : []),
    ...(c.step('breach') ? judgeBreach(c) : []),
  ];
  return isActiveAllAlong(c) ? verdicts.map((verdict) => afterwards(c, verdict)) : verdicts;
}

function judgeBreach(c: TrackContext): Verdict[] {
  const fired = firedEpisode(c, 'breach');
  const recovery = c.step('recovery');
  const resolveWithin =
    (recovery?.endMs ?? 0) -
    (recovery?.startMs ?? 0) -
    receivedWithinMs(c.alert.timing, 'resolved');
  return [
    ...firesOnTime(c, 'breach'),
    ...(fired
      ? [...judgeNotices(c, fired), resolvesInTime(c, 'recovery', fired, resolveWithin)]
      : []),
  ];
}

/**
 * Whether it was active before the run did anything, and still when its limit was passed: by its
 * breach, or by its blip in a world that has no breach.
 */
function isActiveAllAlong(c: TrackContext): boolean {
  const passedAt = c.began(c.step('breach') ? 'breach' : 'blip');
  return c.episodes.some((e) => e.activeAt < c.t0 && e.lastAt >= passedAt);
}

/** What becomes active was never quiet: that is told once, and nothing else follows from it. */
function afterwards(c: TrackContext, verdict: Verdict): Verdict {
  if (verdict.outcome !== 'fail' || verdict.expectation.kind === 'quiet-below-limit')
    return verdict;
  return unjudged(verdict.expectation, c.alert.alert, {
    source: verdict.finding?.source ?? null,
    seen: 'it was active before the run did anything, and stayed so',
    likelyCause: `${c.alert.alert} was never quiet: its own finding says why.`,
  });
}
