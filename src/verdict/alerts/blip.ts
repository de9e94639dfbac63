import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import { GAP, firesEarly } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { causeOfAbsence, levelIn, ruleAsks, valueText } from './values.ts';
import { fail, pass, seconds } from './verdicts.ts';

const EXPECTATION = { kind: 'blip-stays-pending', phase: 'blip' } as const;

/** When what is seen is the blip's, epoch ms. */
interface Span {
  from: number;
  until: number;
}

/** Over the limit for less than `for`: at least one evaluation sees it, none fires. */
export function blipStaysPending(c: TrackContext): Verdict {
  const span = spanOf(c);
  const fired = firedIn(c, span);
  if (fired) return firedOnBlip(c, fired);
  const during = c.episodes.filter((e) => e.lastAt >= span.from && e.activeAt < span.until);
  if (during.length === 0) return unnoticed(c, span);
  const times = during.reduce((sum, e) => sum + e.pendingSamples, 0);
  return pass(c, EXPECTATION, `pending for ${times} evaluations`, { times });
}

/** Whether a blip was told so soon that its rule can't have the `for` that is promised. */
export function isTooEarly(c: TrackContext): boolean {
  const fired = firedIn(c, spanOf(c));
  return fired !== undefined && firesEarly(fired, c.alert.timing) && !mayGoOn(c, fired);
}

/**
 * Whether it may be the rest of what was active before: where evaluations were missed, what looks
 * like two episodes may be one.
 */
function mayGoOn({ episodes, evidence, alert: { timing } }: TrackContext, late: Episode): boolean {
  const missed = Math.max(0, ...evidence.groups.map((group) => group.iterationsMissed));
  const reachMs = (1 + missed) * timing.evaluationMs * GAP;
  return (
    missed > 0 &&
    episodes.some(
      (early) =>
        early.lastAt < late.activeAt &&
        late.activeAt - early.lastAt <= reachMs &&
        !firesEarly({ ...late, activeAt: early.activeAt }, timing),
    )
  );
}

function spanOf(c: TrackContext): Span {
  const next = (['breach', 'outage'] as const).find((phase) => c.step(phase));
  return { from: c.seenFrom('blip'), until: next ? c.seenFrom(next) : c.overAt };
}

/**
 * The episode that began and fired in a blip: what was active before it is named by "quiet below
 * limit".
 */
function firedIn({ episodes }: TrackContext, { from, until }: Span): Episode | undefined {
  return episodes.find((e) => e.activeAt >= from && e.firingAt !== null && e.firingAt < until);
}

function firedOnBlip(c: TrackContext, fired: Episode): Verdict {
  return fail(c, EXPECTATION, 'fired-on-blip', {
    title: `${c.alert.alert} fires on a blip that is shorter than its \`for\``,
    expected: `pending, but not firing: over the limit for less than ${seconds(c.alert.timing.forMs)}`,
    seen: `firing ${seconds((fired.firingAt ?? 0) - fired.activeAt)} after it became active`,
    likelyCause: firesEarly(fired, c.alert.timing)
      ? 'The `for` of the rule is shorter than promised, or missing.'
      : 'The expression stays over the limit for longer than the blip: its window is wider ' +
        'than promised.',
  });
}

function unnoticed(c: TrackContext, { from, until }: Span): Verdict {
  return fail(c, EXPECTATION, 'blip-unnoticed', {
    title: `${c.alert.alert} doesn't notice a short excess of ${levelIn(c, 'blip')}${ruleAsks(c)}`,
    expected: 'at least one evaluation with the alert pending',
    seen: `no active state; ${valueText(c, from, until)}`,
    likelyCause: causeOfAbsence(
      c,
      from,
      until,
      'The limit in the rule is further away than promised, or its window is wider.',
    ),
  });
}
