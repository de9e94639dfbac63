import { receivedWithinMs } from '../../lib/formulas.ts';
import type { Verdict } from '../../model/verdict.ts';
import { blipStaysPending } from './blip.ts';
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
  return [
    ...(c.step('blip') ? [quietBelowLimit(c), blipStaysPending(c)] : []),
    ...(c.step('breach') ? judgeBreach(c) : []),
  ];
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
