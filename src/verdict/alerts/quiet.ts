import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { levelIn, ruleAsks, valueText } from './values.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';

/** Quiet from the track's beginning until the first act over the limit. */
export function quietBelowLimit(c: TrackContext): Verdict {
  const expectation = { kind: 'quiet-below-limit', phase: 'near' } as const;
  const from = c.t0 + (c.track.steps[0]?.startMs ?? 0);
  const until = c.seenFrom('blip');
  const early = c.episodes.find((e) => e.lastAt >= from && e.activeAt < until);
  const near = c.step('near');
  if (!early) {
    if (!near) return pass(c, expectation);
    const nearMs = near.endMs - near.startMs;
    return pass(c, expectation, `for ${seconds(nearMs)}`, timed(nearMs));
  }
  if (early.activeAt < c.t0) return activeBeforehand(c, early);
  return fail(c, expectation, 'fired-below-limit', {
    title:
      `${c.alert.alert} is active ${near ? `at ${levelIn(c, 'near')}` : 'while all is calm'}, ` +
      `where it has to be quiet${ruleAsks(c)}`,
    expected: `no pending and no firing state while the level is ${near ? levelIn(c, 'near') : 'calm'}`,
    seen:
      `${early.firingAt === null ? 'pending' : 'firing'} ${seconds(early.activeAt - c.t0)} ` +
      `after T0; ${valueText(c, from, until)}`,
    likelyCause:
      'The limit in the rule is nearer than promised, the comparison includes the limit ' +
      'itself, or the rule looks at series that it should leave out.',
  });
}

/** Nothing that the run did has made it active. */
function activeBeforehand(c: TrackContext, { activeAt, lastAt }: Episode): Verdict {
  return fail(c, { kind: 'quiet-below-limit', phase: 'near' }, 'fired-below-limit', {
    title: `${c.alert.alert} is active before anything is done to it${ruleAsks(c)}`,
    expected: 'no pending and no firing state when the run begins',
    seen:
      `active ${seconds(c.t0 - activeAt)} before T0, and until ${seconds(lastAt - c.t0)} after it; ` +
      valueText(c, activeAt, c.t0),
    likelyCause:
      'What its rule reads is over the limit when all is calm, or the rule has no limit: it fires ' +
      'as soon as the stack is up.',
  });
}
