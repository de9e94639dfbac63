import { isFor, noticesOf } from '../lib/notices.ts';
import type { Notice } from '../lib/notices.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AlertPlan, Plan } from '../model/plan.ts';
import type { FindingId } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { activeByRight, toldByRight } from './companions.ts';
import { fail, pass, seconds, tells, titleOf } from './context.ts';
import type { TrackContext } from './context.ts';
import type { Episode } from './episodes.ts';
import { carries } from '../lib/carries.ts';
import { believed, reasonsFor } from './surprises.ts';
import type { Surprise } from './surprises.ts';

/** A run, and what of it has been judged already. */
interface Run {
  plan: Plan;
  evidence: Evidence;
  /** When its proofs began, epoch ms. */
  t0: number;
  tracks: TrackContext[];
  episodes: Episode[];
  already: Verdict[];
}

/** Surprises that are told, of one alert. */
const SHOWN = 5;
const EXPECTATION = { kind: 'nothing-unexpected', phase: null } as const;

/**
 * When a track may fire and be told of, epoch ms: its breach or outage and what follows; nothing
 * before.
 */
function loudWindow(c: TrackContext): { from: number; until: number } {
  const phase = c.step('breach') ? 'breach' : 'outage';
  return {
    from: c.began(phase),
    until:
      c.t0 +
      (c.track.steps.at(-1)?.endMs ?? 0) +
      c.alert.timing.groupIntervalMs +
      c.alert.timing.epsilonMs,
  };
}

/**
 * Nobody is told, and nothing fires, that the plan doesn't foresee: no other alert, instance,
 * receiver or time, nothing twice. What a track's own verdicts already name (fired on a blip, below
 * the limit, a follower) is not named again.
 */
export function nothingUnexpected({
  plan,
  evidence,
  t0,
  tracks,
  episodes,
  already,
}: Run): Verdict[] {
  // Where nothing is provoked, what is told may be the end of what was active before T0.
  const notices = tracks.length === 0 ? [] : noticesOf(evidence);
  const named = (id: FindingId): boolean => already.some((v) => v.finding?.id === id);
  return plan.alerts
    .filter(({ alert }) => alert !== plan.watchdog.alert)
    .flatMap((alert): Verdict[] => {
      const own = tracks.filter((c) => c.alert.alert === alert.alert);
      const told = notices.filter((n) => n.receivedAt >= t0 && n.alertname === alert.alert);
      const seen: Told = { plan, evidence, alert, tracks, own, told, t0, named };
      const verdict = surprising(seen, strangersIn(seen, episodes));
      if (verdict) return [verdict];
      return own.length > 0 || plan.selection === null
        ? [pass(ofAlert(seen), EXPECTATION, `${told.length} notifications in all`)]
        : [];
    });
}

/** What the verdict on an alert is filed under: its only track, else the alert as a whole. */
function ofAlert({ plan, alert, own }: Told): {
  plan: Plan;
  alert: AlertPlan;
  track: { id: string };
} {
  const [only] = own.length === 1 ? own : [];
  return { plan, alert, track: { id: only?.track.id ?? alert.alert } };
}

/** Instances of an alert that fired and that nobody provoked. */
function strangersIn({ plan, alert, tracks, own, t0 }: Told, episodes: Episode[]): Episode[] {
  return episodes.filter(
    (e) =>
      e.alert === alert.alert &&
      e.firingAt !== null &&
      e.lastAt >= t0 &&
      !own.some((c) => carries(e.labels, c.track.labels)) &&
      !isProvokedFollower(tracks, e) &&
      !activeByRight(plan, e, t0),
  );
}

/** The verdict on who was told without need, else on what fired without; undefined: neither. */
function surprising(seen: Told, strangers: Episode[]): Verdict | undefined {
  const { plan, evidence, alert, own } = seen;
  const because = reasonsFor(plan, evidence, alert);
  const surprises = unexpectedNotices(seen);
  if (surprises.length > 0)
    return {
      ...believed(surprises, because, (certain) =>
        fail(ofAlert(seen), EXPECTATION, 'unexpected-notification', {
          title: `Somebody is told of ${alert.alert} without need`,
          expected: 'one notification per receiver, state and provoked instance, and no other',
          seen: textsOf(certain),
          likelyCause:
            'A route sends it to one receiver too many, the rule looks at more than it should, or ' +
            'grouping splits one event.',
        }),
      ),
      ...spoiltTracksOf(surprises, own),
    };
  if (strangers.length === 0) return undefined;
  return believed(strangers.map(strangerOf), because, (certain) =>
    fail(ofAlert(seen), EXPECTATION, 'unexpected-alert', {
      title: `${alert.alert} fires for something nobody provoked`,
      expected: 'firing for the provoked instances only',
      seen: textsOf(certain),
      likelyCause:
        'The rule looks at more series than it should: pseudo file systems, other jobs, one series for each route.',
    }),
  );
}

/** The tracks whose jobs all surprises are about; nothing where one is about no track's. */
function spoiltTracksOf(surprises: Surprise[], own: TrackContext[]): Pick<Verdict, 'spoiltTracks'> {
  const tracks = surprises.map(({ job }) =>
    own.filter(({ track }) => track.labels['job'] !== undefined && track.labels['job'] === job),
  );
  if (tracks.some((of) => of.length === 0)) return {};
  return { spoiltTracks: [...new Set(tracks.flat().map(({ track }) => track.id))] };
}

function textsOf(surprises: Surprise[]): string {
  return surprises
    .slice(0, SHOWN)
    .map(({ text }) => text)
    .join('; ');
}

interface Told {
  plan: Plan;
  evidence: Evidence;
  alert: AlertPlan;
  tracks: TrackContext[];
  /** Tracks of this alert. */
  own: TrackContext[];
  told: Notice[];
  t0: number;
  /** Whether another verdict has this finding already. */
  named: (id: FindingId) => boolean;
}

function strangerOf({ labels, activeAt }: Episode): Surprise {
  return { text: JSON.stringify(labels), kind: 'instance', at: activeAt, job: labels['job'] };
}

/** What of an alert was told without need. */
function unexpectedNotices({ plan, alert, tracks, own, told, t0, named }: Told): Surprise[] {
  const crashedAlertmanager = crashOfAlertmanager(plan, tracks) ?? Infinity;
  const before = new Map<string, Notice>();
  return told.flatMap((n) => {
    const what =
      `${n.kind} (${n.delivery?.to ?? n.receiver}) ${n.status} "${titleOf(n)}" ` +
      `${seconds(n.receivedAt - t0)} after T0`;
    const track = own.find((c) => tells(n, c.track));
    const surprise = (kind: Surprise['kind'], why: string): Surprise[] => [
      { text: `${what}: ${why}`, kind, at: n.receivedAt, job: n.labels['job'] },
    ];
    const byRight = toldByRight(plan, n, t0);
    if (!track && !byRight)
      return isFollower(tracks, n) ? [] : surprise('instance', 'no such instance was provoked');
    if (!alert.receivers.some((receiver) => isFor(n, receiver)))
      return surprise('receiver', 'this receiver is not promised for this alert');
    if (!track || byRight) return [];
    const window = loudWindow(track);
    const inTime = n.receivedAt >= window.from && n.receivedAt <= window.until;
    const key = JSON.stringify([track.track.id, n.receiver, n.kind, n.status]);
    const first = before.get(key);
    if (first && n.receivedAt >= crashedAlertmanager) return [];
    // What comes at the wrong time is a surprise itself, and makes none of what comes in time.
    if (inTime) before.set(key, n);
    if (!inTime)
      return named('fired-on-blip') || named('fired-below-limit') || isFollower(tracks, n)
        ? []
        : surprise('time', 'not at this time');
    const silent = plan.jobs.find((j) => j.name === track.track.labels['job'])?.toldBySilence;
    // A group that tells of a change in another of its alerts names this one again.
    const isAgain = first !== undefined && (n.repeats || n.group !== first.group);
    return isAgain && !silent ? surprise('time', 'told twice') : [];
  });
}

/**
 * When Alertmanager was started again after the crash that the plan provokes, epoch ms. From then
 * on it may repeat what it had told: it saves its notification log every 15 minutes and when it's
 * ended in an orderly way (`maintenanceInterval` in Alertmanager's cmd/alertmanager/main.go), so a
 * crash takes back what was told since.
 */
function crashOfAlertmanager(plan: Plan, tracks: TrackContext[]): number | undefined {
  const jobs = plan.jobs.filter((job) => job.component === 'alertmanager').map((job) => job.name);
  const track = tracks.find(
    (c) => jobs.includes(c.track.labels['job'] ?? '') && c.step('outage') && c.step('return'),
  );
  return track?.began('return');
}

/**
 * A follower fires in Prometheus when it is provoked before an outage, also in a run that proves
 * nothing else of it.
 */
function isProvokedFollower(tracks: TrackContext[], episode: Episode): boolean {
  return tracks.some(
    ({ track }) =>
      track.follower?.alert === episode.alert && carries(episode.labels, track.follower.labels),
  );
}

/**
 * A follower's notification in an outage is named by the outage's own verdict, also in a world
 * that proves nothing else of it.
 */
function isFollower(tracks: TrackContext[], { alertname, labels, receivedAt }: Notice): boolean {
  return tracks.some(
    (c) =>
      c.track.follower?.alert === alertname &&
      carries(labels, c.track.follower.labels) &&
      receivedAt >= c.t0 + (c.step('provoke')?.startMs ?? Infinity) &&
      receivedAt <= c.t0 + (c.track.steps.at(-1)?.endMs ?? 0),
  );
}
