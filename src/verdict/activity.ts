import { activeWithinMs, pendingMs } from '../lib/formulas.ts';
import { limitOf } from '../promql/limit.ts';
import type { Phase } from '../model/track.ts';
import type { Verdict } from '../model/verdict.ts';
import { fail, levelIn, pass, seconds, timed, valueText, valuesSeen } from './context.ts';
import type { TrackContext } from './context.ts';
import { firesEarly } from './episodes.ts';
import type { Episode } from './episodes.ts';

const NOTHING_EXPORTED =
  'No job exports the metric under this name and these labels: the expression can never return anything.';

/** The limit that the rule's expression has, for a title: what is promised stands beside it. */
function ruleAsks(c: TrackContext): string {
  const rule = c.plan.rules[c.alert.alert];
  const limit = rule ? limitOf(rule.expr) : undefined;
  return limit ? `: its rule asks for ${limit.operator} ${limit.value}` : '';
}

/** Quiet from the track's beginning until the first act over the limit. */
export function quietBelowLimit(c: TrackContext): Verdict {
  const expectation = { kind: 'quiet-below-limit', phase: 'near' } as const;
  const from = c.t0 + (c.track.steps[0]?.startMs ?? 0);
  const until = c.seenFrom('blip');
  const early = c.episodes.find((e) => e.lastAt >= from && e.activeAt < until);
  const near = c.step('near');
  if (!early)
    return near
      ? pass(
          c,
          expectation,
          `for ${seconds(near.endMs - near.startMs)}`,
          timed(near.endMs - near.startMs),
        )
      : pass(c, expectation);
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

/** Over the limit for less than `for`: at least one evaluation sees it, none fires. */
export function blipStaysPending(c: TrackContext): Verdict {
  const expectation = { kind: 'blip-stays-pending', phase: 'blip' } as const;
  const from = c.seenFrom('blip');
  const until = blipEndOf(c);
  const during = c.episodes.filter((e) => e.lastAt >= from && e.activeAt < until);
  const fired = firedBetween(c, from, until);
  if (fired) {
    return fail(c, expectation, 'fired-on-blip', {
      title: `${c.alert.alert} fires on a blip that is shorter than its \`for\``,
      expected: `pending, but not firing: over the limit for less than ${seconds(c.alert.timing.forMs)}`,
      seen: `firing ${seconds((fired.firingAt ?? 0) - fired.activeAt)} after it became active`,
      likelyCause: firesEarly(fired, c.alert.timing)
        ? 'The `for` of the rule is shorter than promised, or missing.'
        : 'The expression stays over the limit for longer than the blip: its window is wider ' +
          'than promised.',
    });
  }
  if (during.length === 0) {
    return fail(c, expectation, 'blip-unnoticed', {
      title: `${c.alert.alert} doesn't notice a short excess of ${levelIn(c, 'blip')}${ruleAsks(c)}`,
      expected: 'at least one evaluation with the alert pending',
      seen: `no active state; ${valueText(c, from, until)}`,
      likelyCause:
        valuesSeen(c, from, until) === null
          ? NOTHING_EXPORTED
          : 'The limit in the rule is further away than promised, or its window is wider.',
    });
  }
  const times = during.reduce((sum, e) => sum + e.pendingSamples, 0);
  return pass(c, expectation, `pending for ${times} evaluations`, { times });
}

/** Whether a blip was told so soon that its rule can't have the `for` that is promised. */
export function isTooEarly(c: TrackContext): boolean {
  const fired = firedBetween(c, c.seenFrom('blip'), blipEndOf(c));
  return fired !== undefined && firesEarly(fired, c.alert.timing);
}

/** From when on what is seen is no longer the blip's, epoch ms. */
function blipEndOf(c: TrackContext): number {
  return c.seenFrom(c.step('breach') ? 'breach' : 'outage');
}

/**
 * The episode that began and fired between two moments: what was active before the blip is named by
 * "quiet below limit".
 */
function firedBetween(c: TrackContext, from: number, until: number): Episode | undefined {
  return c.episodes.find((e) => e.activeAt >= from && e.firingAt !== null && e.firingAt < until);
}

/** The episode that fired between two phases, if there was one. */
export function firedEpisode(c: TrackContext, phase: Phase): Episode | undefined {
  const from = c.began(phase);
  const until = c.t0 + (c.step(phase)?.endMs ?? 0) + c.alert.timing.epsilonMs;
  return c.episodes.find((e) => e.firingAt !== null && e.firingAt >= from && e.firingAt <= until);
}

/** Pending in time and firing exactly ⌈F/E⌉·E later. Two verdicts. */
export function firesOnTime(c: TrackContext, phase: Phase): Verdict[] {
  const fired = firedEpisode(c, phase);
  return fired ? firedWhen(c, phase, fired) : neverFired(c, phase);
}

/**
 * What is said of an alert that didn't fire: that it never became active, or that it did and went
 * no further.
 */
function neverFired(c: TrackContext, phase: Phase): Verdict[] {
  const from = c.began(phase);
  const end = c.t0 + (c.step(phase)?.endMs ?? 0);
  const timing = c.alert.timing;
  const though =
    phase === 'outage'
      ? 'although its target is stopped'
      : `though at ${levelIn(c, phase)} it has to be`;
  const what = phase === 'outage' ? 'the target is stopped' : `the level is ${levelIn(c, phase)}`;
  const seenFrom = c.seenFrom(phase);
  const pending = c.episodes.filter((e) => e.activeAt >= seenFrom && e.activeAt <= end);
  const [first] = pending;
  if (!first)
    return [
      fail(c, { kind: 'pending-in-time', phase }, 'never-pending', {
        title: `${c.alert.alert} is never pending, ${though}${ruleAsks(c)}`,
        expected: `pending within ${seconds(activeWithinMs(timing))} while ${what}`,
        seen: `no active state; ${valueText(c, from, end)}`,
        likelyCause:
          valuesSeen(c, from, end) === null
            ? NOTHING_EXPORTED
            : 'The limit in the rule is further away than promised.',
      }),
    ];
  const longestMs = Math.max(...pending.map((e) => e.lastAt - e.activeAt));
  return [
    pendingInTime(c, phase, Math.max(0, first.activeAt - from)),
    fail(c, { kind: 'fires-on-time', phase }, 'never-fired', {
      title: `${c.alert.alert} becomes pending but never fires`,
      expected: `firing ${seconds(pendingMs(timing))} after it became active, while ${what}`,
      seen: `active ${pending.length} time(s), at most for ${seconds(longestMs)}; ${valueText(c, from, end)}`,
      likelyCause:
        'The `for` of the rule is longer than promised, or the expression flickers around the limit.',
    }),
  ];
}

function pendingInTime(c: TrackContext, phase: Phase, afterMs: number): Verdict {
  return pass(c, { kind: 'pending-in-time', phase }, seconds(afterMs), timed(afterMs));
}

/** When an alert that fired became active, and how long after that it fired. */
function firedWhen(c: TrackContext, phase: Phase, fired: Episode): Verdict[] {
  const from = c.began(phase);
  const end = c.t0 + (c.step(phase)?.endMs ?? 0);
  const timing = c.alert.timing;
  const afterMs = Math.max(0, fired.activeAt - from);
  if (afterMs <= activeWithinMs(timing))
    return [pendingInTime(c, phase, afterMs), firedAfter(c, phase, fired)];
  return [
    fail(
      c,
      { kind: 'pending-in-time', phase },
      'pending-late',
      {
        title:
          `${c.alert.alert} is pending after ${seconds(afterMs)}, and ` +
          `${seconds(activeWithinMs(timing))} is promised`,
        expected: `pending within ${seconds(activeWithinMs(timing))} of the first breaching event`,
        seen: `after ${seconds(afterMs)}; ${valueText(c, from, end)}`,
        likelyCause:
          'The window of the expression is wider, or the evaluation interval of its group longer, than promised.',
      },
      timed(afterMs),
    ),
    firedAfter(c, phase, fired),
  ];
}

/** Firing exactly so many evaluations after it became active. */
function firedAfter(c: TrackContext, phase: Phase, fired: Episode): Verdict {
  const timing = c.alert.timing;
  const pendingFor = (fired.firingAt ?? 0) - fired.activeAt;
  const exact = pendingMs(timing);
  const early = firesEarly(fired, timing);
  const expected = { kind: 'fires-on-time', phase } as const;
  if (!early && pendingFor - exact <= timing.evaluationMs / 4)
    return pass(c, expected, `+${seconds(pendingFor)}`, timed(pendingFor));
  return fail(
    c,
    expected,
    early ? 'fired-early' : 'fired-late',
    {
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
    },
    timed(pendingFor),
  );
}

/** Not active any more in time after the world went back. */
export function resolvesInTime(
  c: TrackContext,
  phase: 'recovery' | 'return',
  fired: Episode,
  withinMs: number,
): Verdict {
  const from = c.began(phase);
  const after = fired.lastAt + c.alert.timing.evaluationMs - from;
  const expectation = { kind: 'resolves-in-time', phase } as const;
  if (after <= withinMs)
    return pass(c, expectation, seconds(Math.max(0, after)), timed(Math.max(0, after)));
  return fail(
    c,
    expectation,
    'not-resolved',
    {
      title: `${c.alert.alert} doesn't resolve when all is well again`,
      expected: `not active any more within ${seconds(withinMs)} of the recovery`,
      seen: `still active after ${seconds(after)}; ${valueText(c, from, fired.lastAt)}`,
      likelyCause:
        'The window of the expression is wider than promised, `keep_firing_for` holds it, or ' +
        'what was over the limit stays in it.',
    },
    timed(after),
  );
}
