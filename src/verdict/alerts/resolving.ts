import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { valueText } from './values.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';

/** Not active any more in time after the world went back. */
export function resolvesInTime(
  c: TrackContext,
  phase: 'recovery' | 'return',
  fired: Episode,
  withinMs: number,
): Verdict {
  const from = c.began(phase);
  const afterMs = fired.lastAt + c.alert.timing.evaluationMs - from;
  const expectation = { kind: 'resolves-in-time', phase } as const;
  if (afterMs <= withinMs) {
    const shownMs = Math.max(0, afterMs);
    return pass(c, expectation, seconds(shownMs), timed(shownMs));
  }
  return fail(c, expectation, 'not-resolved', {
    title: `${c.alert.alert} doesn't resolve when all is well again`,
    expected: `not active any more within ${seconds(withinMs)} of the recovery`,
    seen: `still active after ${seconds(afterMs)}; ${valueText(c, from, fired.lastAt)}`,
    likelyCause:
      'The window of the expression is wider than promised, `keep_firing_for` holds it, or ' +
      'what was over the limit stays in it.',
    figure: timed(afterMs),
  });
}
