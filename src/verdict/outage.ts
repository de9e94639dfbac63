import { activeWithinMs, inactiveWithinMs, pendingMs } from '../lib/formulas.ts';
import type { Verdict } from '../model/verdict.ts';
import { blipStaysPending, firedEpisode, firesOnTime, resolvesInTime } from './activity.ts';
import { fail, pass, seconds, tells, timed, titleOf, watchdogTimes } from './context.ts';
import type { TrackContext } from './context.ts';
import { carries } from '../lib/carries.ts';
import type { Episode } from './episodes.ts';
import { judgeNotices } from './notices.ts';

/** A scraped job's outage: noticed, told, over, and its followers kept quiet. */
export function judgeOutage(c: TrackContext, all: Episode[]): Verdict[] {
  const fired = firedEpisode(c, 'outage');
  return [
    blipStaysPending(c),
    ...firesOnTime(c, 'outage'),
    ...(fired
      ? [
          ...judgeNotices(c, fired),
          resolvesInTime(c, 'return', fired, inactiveWithinMs(c.alert.timing)),
        ]
      : []),
    ...(c.track.follower ? [followerInhibited(c, all)] : []),
  ];
}

/** A flush takes this long at most, ms. */
const FLUSH_MS = 100;

/** The follower fires in Prometheus while ServiceDown does, and nobody is told of it. */
function followerInhibited(c: TrackContext, all: Episode[]): Verdict {
  const expectation = { kind: 'follower-inhibited', phase: 'outage' } as const;
  const follower = c.track.follower;
  if (!follower) return pass(c, expectation);
  const from = c.t0 + (c.step('provoke')?.startMs ?? 0);
  const until = c.t0 + (c.track.steps.at(-1)?.endMs ?? 0);
  const told = c.allNotices.find(
    (n) => n.receivedAt >= from && n.receivedAt <= until && tells(n, follower),
  );
  if (told) {
    return fail(c, expectation, 'not-inhibited', {
      title: `${follower.alert} wakes somebody although ServiceDown explains it`,
      expected: `no notification of ${follower.alert} while ServiceDown fires for ${c.track.labels['job'] ?? ''}`,
      seen: `${told.kind} was told "${titleOf(told)}" ${seconds(told.receivedAt - from)} after the provocation`,
      likelyCause:
        'The inhibition rule is missing, its matchers miss one of the two alerts, or `equal` ' +
        'names a label that one of them does not have.',
    });
  }
  const fired = all.find(
    (e) =>
      e.alert === follower.alert &&
      carries(e.labels, follower.labels) &&
      e.firingAt !== null &&
      e.firingAt >= from &&
      e.firingAt <= until,
  );
  const own = c.plan.alerts.find((a) => a.alert === follower.alert)?.timing ?? c.alert.timing;
  // Alertmanager flushes a new group after group_wait: what was over by then would not have been
  // told anyway.
  const firedMs = fired ? fired.lastAt + own.evaluationMs - (fired.firingAt ?? 0) : 0;
  if (firedMs > own.groupWaitMs + FLUSH_MS)
    return pass(c, expectation, `${follower.alert} fired unheard for ${seconds(firedMs)}`);
  return {
    ...fail(c, expectation, 'could-not-judge', {
      title: `${follower.alert} didn't fire long enough during the outage, so its silence proves nothing`,
      expected:
        `${follower.alert} firing in Prometheus for over ${seconds(own.groupWaitMs + FLUSH_MS)} ` +
        'while its target is down',
      seen: `it fired for ${seconds(firedMs)} in that time`,
      likelyCause: 'Its rule is broken (see its own verdicts), or the machine was too slow.',
    }),
    outcome: 'inconclusive',
  };
}

/** Prometheus or Alertmanager stopped: the Watchdog falls silent, and comes back. */
export function judgeSilence(c: TrackContext): Verdict[] {
  const expectation = { kind: 'told-by-silence', phase: 'outage' } as const;
  const { timing } = c.alert;
  const stopped = c.began('outage');
  const outage = c.step('outage');
  const back = c.step('return');
  const watchdogs = watchdogTimes(c.plan, c.evidence);
  const silentMs = 2 * c.plan.watchdog.everyMs;
  const silentUntil = back
    ? c.began('return') - startGraceMs(c)
    : stopped + ((outage?.endMs ?? 0) - (outage?.startMs ?? 0));
  const last = Math.max(...watchdogs.filter((at) => at <= silentUntil), 0);
  const verdicts: Verdict[] = back ? firesOnTime(c, 'outage') : [];
  const heardBefore = watchdogs.some(
    (at) => at <= stopped && at >= stopped - c.plan.watchdog.everyMs - timing.epsilonMs,
  );
  if (!heardBefore || silentUntil - Math.max(last, stopped) < silentMs) {
    verdicts.push(
      fail(c, expectation, 'silence-not-kept', {
        title: `The Watchdog doesn't tell that ${c.track.labels['job'] ?? ''} is gone`,
        expected: `the Watchdog heard until the stop, and then silent for at least ${seconds(silentMs)}`,
        seen: heardBefore
          ? `last heard ${seconds(last - stopped)} after the stop; silent for ${seconds(silentUntil - last)}`
          : 'not heard before the stop',
        likelyCause:
          'Something other than this stack sends the Watchdog, or its route repeats it too seldom.',
      }),
    );
    return verdicts;
  }
  const lastMs = last - stopped;
  verdicts.push(
    pass(c, expectation, `last heard ${lastMs >= 0 ? '+' : ''}${seconds(lastMs)}`, timed(lastMs)),
    ...(back ? [watchdogComesBack(c, watchdogs)] : []),
  );
  return verdicts;
}

/** The Watchdog is heard again after the return. */
function watchdogComesBack(c: TrackContext, watchdogs: number[]): Verdict {
  const expectation = { kind: 'resolves-in-time', phase: 'return' } as const;
  const { timing } = c.alert;
  const heard = watchdogs.find((at) => at > c.began('return') - startGraceMs(c));
  if (heard !== undefined) {
    const backMs = Math.max(0, heard - c.began('return'));
    return pass(c, expectation, `Watchdog back +${seconds(backMs)}`, timed(backMs));
  }
  const within = c.plan.watchdog.everyMs + activeWithinMs(timing) + pendingMs(timing);
  return fail(c, expectation, 'not-resolved', {
    title: 'The Watchdog does not come back',
    expected: `the Watchdog again within ${seconds(within)} of the return`,
    seen: 'nothing',
    likelyCause: 'Alertmanager does not come up again; see its log.',
  });
}

/**
 * The return is recorded when the component answers; it may have sent the first notification a
 * little before.
 */
function startGraceMs(c: TrackContext): number {
  return c.alert.timing.epsilonMs;
}
