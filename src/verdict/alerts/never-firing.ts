import { activeWithinMs, pendingMs } from '../../lib/formulas.ts';
import type { Phase } from '../../model/track.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { causeOfAbsence, levelIn, ruleAsks, valueText } from './values.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';

/**
 * What is said of an alert that didn't fire: that it never became active, or that it did and went
 * no further.
 */
export function neverFired(c: TrackContext, phase: Phase): Verdict[] {
  const from = c.seenFrom(phase);
  const end = c.endOf(phase);
  const pending = c.episodes.filter((e) => e.activeAt >= from && e.activeAt <= end);
  const [first] = pending;
  if (!first) return [neverPending(c, phase)];
  const afterMs = Math.max(0, first.activeAt - c.began(phase));
  return [
    pass(c, { kind: 'pending-in-time', phase }, seconds(afterMs), timed(afterMs)),
    pendingOnly(c, phase, pending),
  ];
}

function neverPending(c: TrackContext, phase: Phase): Verdict {
  const [from, end] = [c.began(phase), c.endOf(phase)];
  const though =
    phase === 'outage'
      ? 'although its target is stopped'
      : `though at ${levelIn(c, phase)} it has to be`;
  return fail(c, { kind: 'pending-in-time', phase }, 'never-pending', {
    title: `${c.alert.alert} is never pending, ${though}${ruleAsks(c)}`,
    expected: `pending within ${seconds(activeWithinMs(c.alert.timing))} while ${whatIsSo(c, phase)}`,
    seen: `no active state; ${valueText(c, from, end)}`,
    likelyCause: causeOfAbsence(
      c,
      from,
      end,
      'The limit in the rule is further away than promised.',
    ),
  });
}

function pendingOnly(c: TrackContext, phase: Phase, pending: Episode[]): Verdict {
  const longestMs = Math.max(...pending.map((e) => e.lastAt - e.activeAt));
  const firesAfter = seconds(pendingMs(c.alert.timing));
  return fail(c, { kind: 'fires-on-time', phase }, 'never-fired', {
    title: `${c.alert.alert} becomes pending but never fires`,
    expected: `firing ${firesAfter} after it became active, while ${whatIsSo(c, phase)}`,
    seen:
      `active ${pending.length} time(s), at most for ${seconds(longestMs)}; ` +
      valueText(c, c.began(phase), c.endOf(phase)),
    likelyCause:
      'The `for` of the rule is longer than promised, or the expression flickers around the limit.',
  });
}

function whatIsSo(c: TrackContext, phase: Phase): string {
  return phase === 'outage' ? 'the target is stopped' : `the level is ${levelIn(c, phase)}`;
}
