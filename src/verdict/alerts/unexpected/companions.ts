import { isAbout } from '../../../lib/notices/notice.ts';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { Plan } from '../../../model/plan.ts';
import type { Companion } from '../../../model/track.ts';
import { carries } from '../../../lib/carries.ts';
import type { Episode } from '../episodes.ts';

/**
 * Whether somebody is told of what is active by right at that time, since another track moves what
 * it watches.
 */
export function toldByRight(plan: Plan, told: Notice, t0: number): boolean {
  return plan.companions.some(
    (one) => isAbout(told, one) && lasts(plan, one, told.receivedAt - t0, told.receivedAt - t0),
  );
}

/** Whether an alert instance is active by right from its firing to its end. */
export function activeByRight(plan: Plan, episode: Episode, t0: number): boolean {
  return plan.companions.some(
    (one) =>
      one.alert === episode.alert &&
      carries(episode.labels, one.labels) &&
      lasts(plan, one, episode.activeAt - t0, episode.lastAt - t0),
  );
}

function lasts(
  plan: Plan,
  { alert, fromMs, untilMs }: Companion,
  from: number,
  to: number,
): boolean {
  const allowanceMs = plan.alerts.find((one) => one.alert === alert)?.timing.epsilonMs ?? 0;
  return from >= fromMs - allowanceMs && to <= untilMs + allowanceMs;
}
