import { activeWithinMs, pendingMs } from '../../lib/formulas.ts';
import type { Phase } from '../../model/track.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import { firesEarly } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { neverFired } from './never-firing.ts';
import { valueText } from './values.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';

/** The episode that fired between two phases, if there was one. */
export function firedEpisode(c: TrackContext, phase: Phase): Episode | undefined {
  const from = c.began(phase);
  const until = c.endOf(phase) + c.alert.timing.epsilonMs;
  return c.episodes.find((e) => e.firingAt !== null && e.firingAt >= from && e.firingAt <= until);
}

/** Pending in time and firing exactly ⌈F/E⌉·E later. Two verdicts. */
export function firesOnTime(c: TrackContext, phase: Phase): Verdict[] {
  const fired = firedEpisode(c, phase);
  return fired
    ? [pendingSoon(c, phase, fired), firesAfterPending(c, phase, fired)]
    : neverFired(c, phase);
}

function pendingSoon(c: TrackContext, phase: Phase, fired: Episode): Verdict {
  const expectation = { kind: 'pending-in-time', phase } as const;
  const from = c.began(phase);
  const afterMs = Math.max(0, fired.activeAt - from);
  const withinMs = activeWithinMs(c.alert.timing);
  if (afterMs <= withinMs) return pass(c, expectation, seconds(afterMs), timed(afterMs));
  return fail(c, expectation, 'pending-late', {
    title:
      `${c.alert.alert} is pending after ${seconds(afterMs)}, and ` +
      `${seconds(withinMs)} is promised`,
    expected: `pending within ${seconds(withinMs)} of the first breaching event`,
    seen: `after ${seconds(afterMs)}; ${valueText(c, from, c.endOf(phase))}`,
    likelyCause:
      'The window of the expression is wider, or the evaluation interval of its group longer, than promised.',
    figure: timed(afterMs),
  });
}

/** Firing exactly so many evaluations after it became active. */
function firesAfterPending(c: TrackContext, phase: Phase, fired: Episode): Verdict {
  const expectation = { kind: 'fires-on-time', phase } as const;
  const timing = c.alert.timing;
  const pendingFor = (fired.firingAt ?? 0) - fired.activeAt;
  const exact = pendingMs(timing);
  const early = firesEarly(fired, timing);
  if (!early && pendingFor - exact <= timing.evaluationMs / 4)
    return pass(c, expectation, `+${seconds(pendingFor)}`, timed(pendingFor));
  return fail(c, expectation, early ? 'fired-early' : 'fired-late', {
    title:
      `${c.alert.alert} fires too ${early ? 'early' : 'late'}: ${seconds(pendingFor)} after it ` +
      `became active, not ${seconds(exact)}`,
    expected:
      `exactly ${seconds(exact)} after it became active (\`for\` ${seconds(timing.forMs)}, ` +
      `evaluated every ${seconds(timing.evaluationMs)}; times of the run, at speed ` +
      `${c.plan.speed})`,
    seen: `${seconds(pendingFor)}, which is ${seconds(pendingFor * c.plan.speed)} at real time`,
    likelyCause:
      `The \`for\` of the rule is ${early ? 'shorter' : 'longer'} than promised, or its group ` +
      'is evaluated at another interval.',
    figure: timed(pendingFor),
  });
}
