import { carries } from '../../../lib/carries.ts';
import type { Episode } from '../episodes.ts';
import type { AlertInRun } from './alert-in-run.ts';
import { activeByRight } from './companions.ts';
import { isProvokedFollower } from './followers.ts';
import type { Surprise } from './surprises.ts';

/** Instances of an alert that fired and that nobody provoked. */
export function strangersIn({ plan, alert, tracks, own, episodes, t0 }: AlertInRun): Surprise[] {
  return episodes
    .filter(
      (e) =>
        e.alert === alert.alert &&
        e.firingAt !== null &&
        e.lastAt >= t0 &&
        !own.some((c) => carries(e.labels, c.track.labels)) &&
        !isProvokedFollower(tracks, e) &&
        !activeByRight(plan, e, t0),
    )
    .map(surpriseOf);
}

function surpriseOf({ labels, activeAt }: Episode): Surprise {
  return { text: JSON.stringify(labels), kind: 'instance', at: activeAt, job: labels['job'] };
}
