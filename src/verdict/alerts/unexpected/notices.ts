import { isAbout, isFor, titleOf } from '../../../lib/notices/notice.ts';
import type { Notice } from '../../../lib/notices/notice.ts';
import type { TrackContext } from '../context.ts';
import { seconds } from '../verdicts.ts';
import type { AlertInRun } from './alert-in-run.ts';
import { toldByRight } from './companions.ts';
import { isFollower } from './followers.ts';
import type { Surprise } from './surprises.ts';

/** What is wrong with a notice. */
type Wrong = Pick<Surprise, 'kind'> & { why: string };

/** What came in time already, by instance, integration and state. */
type Earlier = Map<string, Notice>;

/** What of an alert was told without need. */
export function unexpectedNotices(seen: AlertInRun): Surprise[] {
  const earlier: Earlier = new Map();
  return seen.told.flatMap((notice) => {
    const wrong = wrongWith(seen, notice, earlier);
    return wrong ? [surpriseOf(notice, wrong, seen.t0)] : [];
  });
}

function surpriseOf(notice: Notice, { kind, why }: Wrong, t0: number): Surprise {
  const { receivedAt, status, delivery, receiver, labels } = notice;
  const whom = `${notice.kind} (${delivery?.to ?? receiver})`;
  const what = `${whom} ${status} "${titleOf(notice)}" ${seconds(receivedAt - t0)} after T0`;
  return { text: `${what}: ${why}`, kind, at: receivedAt, job: labels['job'] };
}

function wrongWith(seen: AlertInRun, notice: Notice, earlier: Earlier): Wrong | undefined {
  const track = seen.own.find((c) => isAbout(notice, c.track));
  const byRight = toldByRight(seen.plan, notice, seen.t0);
  if (!track && !byRight)
    return isFollower(seen.tracks, notice)
      ? undefined
      : { kind: 'instance', why: 'no such instance was provoked' };
  if (!seen.alert.receivers.some((receiver) => isFor(notice, receiver)))
    return { kind: 'receiver', why: 'this receiver is not promised for this alert' };
  return track && !byRight ? wrongTime(seen, notice, track, earlier) : undefined;
}

function wrongTime(
  seen: AlertInRun,
  notice: Notice,
  track: TrackContext,
  earlier: Earlier,
): Wrong | undefined {
  const key = JSON.stringify([track.track.id, notice.receiver, notice.kind, notice.status]);
  const first = earlier.get(key);
  if (first && notice.receivedAt >= restartOfAlertmanager(seen)) return undefined;
  // What comes at the wrong time is a surprise itself, and makes none of what comes in time.
  if (!isLoud(track, notice))
    return isNamedAlready(seen, notice) ? undefined : { kind: 'time', why: 'not at this time' };
  earlier.set(key, notice);
  return first && saysAgain(notice, first) && !isToldBySilence(seen, track)
    ? { kind: 'time', why: 'told twice' }
    : undefined;
}

/**
 * Whether a track may fire and be told of at that time: its breach or outage and what follows;
 * nothing before.
 */
function isLoud(c: TrackContext, { receivedAt }: Notice): boolean {
  const { groupIntervalMs, epsilonMs } = c.alert.timing;
  const loud = (['breach', 'outage'] as const).find((phase) => c.step(phase));
  return (
    loud !== undefined &&
    receivedAt >= c.began(loud) &&
    receivedAt <= c.overAt + groupIntervalMs + epsilonMs
  );
}

function isNamedAlready({ named, tracks }: AlertInRun, notice: Notice): boolean {
  return named.has('fired-on-blip') || named.has('fired-below-limit') || isFollower(tracks, notice);
}

/**
 * Whether a notice only says what the first one said. A group that tells of a change in another of
 * its alerts names this one again by right.
 */
function saysAgain({ repeats, group }: Notice, first: Notice): boolean {
  return repeats || group !== first.group;
}

function isToldBySilence({ plan }: AlertInRun, { track }: TrackContext): boolean {
  return plan.jobs.some((job) => job.name === track.labels['job'] && job.toldBySilence !== null);
}

/**
 * When Alertmanager was started again after the crash that the plan provokes, epoch ms. From then
 * on it may repeat what it had told: it saves its notification log every 15 minutes and when it's
 * ended in an orderly way (`maintenanceInterval` in Alertmanager's cmd/alertmanager/main.go), so a
 * crash takes back what was told since.
 */
function restartOfAlertmanager({ plan, tracks }: AlertInRun): number {
  const jobs = plan.jobs.filter((job) => job.component === 'alertmanager').map((job) => job.name);
  const track = tracks.find(
    (c) => jobs.includes(c.track.labels['job'] ?? '') && c.step('outage') && c.step('return'),
  );
  return track?.began('return') ?? Infinity;
}
