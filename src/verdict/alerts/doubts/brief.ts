import { receivedWithinMs } from '../../../lib/formulas.ts';
import type { TrackContext } from '../context.ts';

/**
 * Whether the alert never fired for long enough that Alertmanager had to tell of it; true as well
 * when it never fired at all.
 */
export function wasBrief({ episodes, alert: { timing } }: TrackContext): boolean {
  const fired = episodes.filter((episode) => episode.firingAt !== null);
  return fired.every(
    ({ firingAt, lastAt }) =>
      lastAt + timing.evaluationMs - (firingAt ?? lastAt) < receivedWithinMs(timing, 'firing'),
  );
}
