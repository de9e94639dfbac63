import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
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
