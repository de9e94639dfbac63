import { carries } from '../../../lib/carries.ts';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { TrackContext } from '../context.ts';
import type { Episode } from '../episodes.ts';

/**
 * A follower fires in Prometheus when it is provoked before an outage, also in a run that proves
 * nothing else of it.
 */
export function isProvokedFollower(tracks: TrackContext[], episode: Episode): boolean {
  return tracks.some(
    ({ track }) =>
      track.follower?.alert === episode.alert && carries(episode.labels, track.follower.labels),
  );
}

/**
 * A follower's notification in an outage is named by the outage's own verdict, also in a world
 * that proves nothing else of it.
 */
export function isFollower(
  tracks: TrackContext[],
  { alertname, labels, receivedAt }: Notice,
): boolean {
  return tracks.some(
    (c) =>
      c.track.follower?.alert === alertname &&
      carries(labels, c.track.follower.labels) &&
      receivedAt >= c.t0 + (c.step('provoke')?.startMs ?? Infinity) &&
      receivedAt <= c.overAt,
  );
}
