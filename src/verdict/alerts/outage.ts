import { inactiveWithinMs } from '../../lib/formulas.ts';
import type { Verdict } from '../../model/verdict.ts';
import { blipStaysPending } from './blip.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { firedEpisode, firesOnTime } from './firing.ts';
import { followerInhibited } from './follower.ts';
import { resolvesInTime } from './resolving.ts';
import { judgeNotices } from './told.ts';

/** A scraped job's outage: noticed, told, over, and its followers kept quiet. */
export function judgeOutage(c: TrackContext, all: Episode[]): Verdict[] {
  const fired = firedEpisode(c, 'outage');
  const { follower } = c.track;
  return [
    blipStaysPending(c),
    ...firesOnTime(c, 'outage'),
    ...(fired
      ? [
          ...judgeNotices(c, fired),
          resolvesInTime(c, 'return', fired, inactiveWithinMs(c.alert.timing)),
        ]
      : []),
    ...(follower ? [followerInhibited(c, follower, all)] : []),
  ];
}
