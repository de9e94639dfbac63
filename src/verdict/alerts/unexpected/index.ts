import { noticesOf } from '../../../lib/notices/index.ts';
import type { Verdict } from '../../../model/verdict.ts';
import type { RunContext, TrackContext } from '../context.ts';
import { fail, pass } from '../verdicts.ts';
import type { Subject } from '../verdicts.ts';
import type { AlertInRun } from './alert-in-run.ts';
import { strangersIn } from './instances.ts';
import { unexpectedNotices } from './notices.ts';
import { believed, reasonsFor } from './surprises.ts';
import type { Surprise } from './surprises.ts';

/** A run, and what of it has been judged already. */
interface Judged extends RunContext {
  tracks: TrackContext[];
  already: Verdict[];
}

/** Surprises that are told, of one alert. */
const SHOWN = 5;
const EXPECTATION = { kind: 'nothing-unexpected', phase: null } as const;

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
}: Judged): Verdict[] {
  // Where nothing is provoked, what is told may be the end of what was active before T0.
  const notices = tracks.length === 0 ? [] : noticesOf(evidence);
  const named = new Set(already.flatMap((v) => v.finding?.id ?? []));
  return plan.alerts
    .filter(({ alert }) => alert !== plan.watchdog.alert)
    .flatMap((alert): Verdict[] => {
      const own = tracks.filter((c) => c.alert.alert === alert.alert);
      const told = notices.filter((n) => n.receivedAt >= t0 && n.alertname === alert.alert);
      const seen = { plan, evidence, alert, tracks, own, told, episodes, t0, named };
      const verdict = surprising(seen);
      if (verdict) return [verdict];
      return own.length > 0 || plan.selection === null
        ? [pass(subjectOf(seen), EXPECTATION, `${told.length} notifications in all`)]
        : [];
    });
}

/** The verdict on who was told without need, else on what fired without; undefined: neither. */
function surprising(seen: AlertInRun): Verdict | undefined {
  const because = reasonsFor(seen.plan, seen.evidence, seen.alert);
  const told = unexpectedNotices(seen);
  if (told.length > 0)
    return {
      ...believed(told, because, (certain) => toldWithoutNeed(seen, certain)),
      ...spoiltTracksOf(told, seen.own),
    };
  const strangers = strangersIn(seen);
  return strangers.length === 0
    ? undefined
    : believed(strangers, because, (certain) => firesUnprovoked(seen, certain));
}

function toldWithoutNeed(seen: AlertInRun, certain: Surprise[]): Verdict {
  return fail(subjectOf(seen), EXPECTATION, 'unexpected-notification', {
    title: `Somebody is told of ${seen.alert.alert} without need`,
    expected: 'one notification per receiver, state and provoked instance, and no other',
    seen: textsOf(certain),
    likelyCause:
      'A route sends it to one receiver too many, the rule looks at more than it should, or ' +
      'grouping splits one event.',
  });
}

function firesUnprovoked(seen: AlertInRun, certain: Surprise[]): Verdict {
  return fail(subjectOf(seen), EXPECTATION, 'unexpected-alert', {
    title: `${seen.alert.alert} fires for something nobody provoked`,
    expected: 'firing for the provoked instances only',
    seen: textsOf(certain),
    likelyCause:
      'The rule looks at more series than it should: pseudo file systems, other jobs, one series for each route.',
  });
}

/** What the verdict on an alert is filed under: its only track, else the alert as a whole. */
function subjectOf({ plan, alert, own }: AlertInRun): Subject {
  const [only] = own.length === 1 ? own : [];
  return { plan, alert, track: { id: only?.track.id ?? alert.alert } };
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
