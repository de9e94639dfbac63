import { carries } from '../../lib/carries.ts';
import { isAbout, titleOf } from '../../lib/notices/notice.ts';
import type { Notice } from '../../lib/notices/notice.ts';
import type { Track } from '../../model/track.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { fail, pass, seconds } from './verdicts.ts';

type Follower = NonNullable<Track['follower']>;

const EXPECTATION = { kind: 'follower-inhibited', phase: 'outage' } as const;
/** A flush takes this long at most, ms. */
const FLUSH_MS = 100;

/** The follower fires in Prometheus while the outage's alert does, and nobody is told of it. */
export function followerInhibited(c: TrackContext, follower: Follower, all: Episode[]): Verdict {
  const from = provokedAt(c);
  const told = c.allNotices.find(
    (n) => n.receivedAt >= from && n.receivedAt <= c.overAt && isAbout(n, follower),
  );
  if (told) return notInhibited(c, follower, told);
  const own = c.plan.alerts.find((a) => a.alert === follower.alert)?.timing ?? c.alert.timing;
  const active = all.filter(
    (e) =>
      e.alert === follower.alert &&
      carries(e.labels, follower.labels) &&
      e.lastAt >= from &&
      e.activeAt <= c.overAt,
  );
  const fired = active.find(
    ({ firingAt }) => firingAt !== null && firingAt >= from && firingAt <= c.overAt,
  );
  const firedMs = fired ? fired.lastAt + own.evaluationMs - (fired.firingAt ?? 0) : 0;
  // Alertmanager flushes a new group after group_wait: what was over by then would not have been
  // told anyway.
  const leastMs = own.groupWaitMs + FLUSH_MS;
  return firedMs > leastMs
    ? pass(c, EXPECTATION, `${follower.alert} fired unheard for ${seconds(firedMs)}`)
    : firedTooBriefly(c, follower, { firedMs, leastMs, why: whyBrief(c, active[0]) });
}

/** When what the follower fires on is done, epoch ms. */
function provokedAt(c: TrackContext): number {
  return c.t0 + (c.step('provoke')?.startMs ?? 0);
}

function notInhibited(c: TrackContext, follower: Follower, told: Notice): Verdict {
  const afterMs = told.receivedAt - provokedAt(c);
  const { alert: outage, labels } = c.track;
  const { job = '' } = labels;
  return fail(c, EXPECTATION, 'not-inhibited', {
    title: `${follower.alert} wakes somebody although ${outage} explains it`,
    expected: `no notification of ${follower.alert} while ${outage} fires for ${job}`,
    seen: `${told.kind} was told "${titleOf(told)}" ${seconds(afterMs)} after the provocation`,
    likelyCause:
      'The inhibition rule is missing, its matchers miss one of the two alerts, or `equal` ' +
      'names a label that one of them does not have.',
  });
}

/** What is on record of a follower that fired too briefly, or not at all. */
function whyBrief(c: TrackContext, episode: Episode | undefined): string {
  const from = provokedAt(c);
  const after = (at: number): string => seconds(Math.max(0, at - from));
  if (!episode)
    return (
      `It was never active in the ${after(c.overAt)} after it was provoked: what its expression ` +
      'reads ends with its target too soon, or its rule is broken.'
    );
  const fired =
    episode.firingAt === null ? 'never fired' : `fired after ${after(episode.firingAt)}`;
  return (
    `It was active ${after(episode.activeAt)} after it was provoked, ${fired}, and was over after ` +
    `${after(episode.lastAt)}: what its expression reads ends with its target, its \`for\` is ` +
    'longer than the contract says, or the machine was too slow.'
  );
}

function firedTooBriefly(
  c: TrackContext,
  { alert }: Follower,
  { firedMs, leastMs, why }: { firedMs: number; leastMs: number; why: string },
): Verdict {
  return {
    ...fail(c, EXPECTATION, 'could-not-judge', {
      title: `${alert} didn't fire long enough during the outage, so its silence proves nothing`,
      expected: `${alert} firing in Prometheus for over ${seconds(leastMs)} while its target is down`,
      seen: `it fired for ${seconds(firedMs)} in that time`,
      likelyCause: why,
    }),
    outcome: 'inconclusive',
  };
}
