import { formatDuration } from '../../lib/duration.ts';
import type { Plan } from '../../model/plan.ts';

/** Part of the run's whole time that one repetition of the Watchdog is, from which it is told. */
const WORTH_A_WORD = 0.1;

/**
 * A word on runs that mostly wait for the Watchdog: an outage of the monitoring is proved by its
 * absence and its return, so that each takes several times as long as its route repeats it, and
 * Alertmanager's own default is 4 hours.
 * @returns undefined where nothing waits for it, or not for long
 */
export function slowWatchdog({
  watchdog,
  tracks,
  criticalPath,
  speed,
}: Pick<Plan, 'watchdog' | 'tracks' | 'criticalPath' | 'speed'>): string | undefined {
  const waits = tracks.some(({ steps }) => steps.some(({ phase }) => phase === 'outage'));
  const totalMs = criticalPath.reduce((sum, { ms }) => sum + ms, 0);
  if (!waits || watchdog.everyMs < WORTH_A_WORD * totalMs) return undefined;
  return (
    `Most of this time is spent waiting for ${watchdog.alert}, which its route repeats every ` +
    `${formatDuration(watchdog.everyMs * speed)}: a \`repeat_interval\` of a minute or two on that ` +
    'route makes the run shorter, and an outage of the monitoring is noticed sooner.'
  );
}
