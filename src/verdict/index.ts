import { receivedWithinMs } from '../lib/formulas.ts';
import type { Evidence } from '../model/evidence.ts';
import { subjectId } from '../model/expectation.ts';
import type { AlertSubject, Subject } from '../model/expectation.ts';
import type { AlertPlan, Plan } from '../model/plan.ts';
import type { Track } from '../model/track.ts';
import type { Judgement, Outcome, Verdict } from '../model/verdict.ts';
import {
  blipStaysPending,
  firedEpisode,
  firesOnTime,
  quietBelowLimit,
  resolvesInTime,
} from './activity.ts';
import { contexts, fail, pass, seconds, timed, watchdogTimes } from './context.ts';
import type { TrackContext } from './context.ts';
import { episodesOf } from './episodes.ts';
import { judgeMetrics } from './metrics/index.ts';
import { judgeOriginals } from './metrics/originals.ts';
import { judgeNotices } from './notices.ts';
import { judgePanels } from './panels/index.ts';
import { judgeOutage, judgeSilence } from './outage.ts';
import { doubted, doubts } from './trust.ts';
import { nothingUnexpected } from './unexpected.ts';
import { judgeUnscraped, withoutUnscraped } from './unscraped.ts';

/**
 * Judges a run from its plan and its evidence. Pure: the same evidence always gives the same
 * verdicts. The Watchdog comes first: if it wasn't delivered, nothing else is judged.
 */
export function judge(plan: Plan, evidence: Evidence): Judgement {
  const alerts = allVerdicts(plan, evidence);
  // Without the positive control nothing else is judged.
  const silent = alerts.some((v) => v.finding?.id === 'watchdog-silent');
  const all = [
    ...alerts,
    ...(silent
      ? []
      : [
          ...judgeMetrics(plan, evidence),
          ...judgeOriginals(plan, evidence),
          ...judgePanels(plan, evidence),
        ]),
  ];
  const verdicts = [
    ...judgeUnscraped(evidence, plan),
    ...all.map((verdict) => withoutUnscraped(verdict, evidence, plan)),
  ];
  return {
    schemaVersion: 3,
    runId: evidence.runId,
    stackName: plan.stackName,
    speed: plan.speed,
    ...conclusionOf(verdicts),
    wallMs: evidence.endedAt - evidence.startedAt,
    criticalPathMs: plan.criticalPath.reduce((sum, entry) => sum + entry.ms, 0),
    versions: evidence.versions,
    interruption: evidence.interruption ? evidence.interruption.detail : null,
    selection: plan.selection,
    notJudged: [...evidence.notJudged, ...virtualAlerts(plan)],
  };
}

/** What no run makes happen, since it would take away what everything else is proved by. */
function virtualAlerts({ alerts, selection }: Plan): Judgement['notJudged'] {
  const names = alerts.filter(({ virtual }) => virtual).map(({ alert }) => alert);
  if (names.length === 0 || selection !== null) return [];
  const why =
    'what provokes them would take away what every other alert is proved by; promtool has ' +
    'proved them at real durations, before the run';
  return [{ what: `${names.join(', ')}, in a run`, why }];
}

/** What all verdicts come to together: what nothing was compared with is not proved. */
export function conclusionOf(
  verdicts: Verdict[],
): Pick<Judgement, 'verdicts' | 'counts' | 'outcome' | 'exitCode'> {
  const count = (outcome: Outcome): number => verdicts.filter((v) => v.outcome === outcome).length;
  const counts = { pass: count('pass'), fail: count('fail'), inconclusive: count('inconclusive') };
  if (counts.fail > 0) return { outcome: 'fail', exitCode: 1, verdicts, counts };
  return counts.inconclusive > 0 || counts.pass === 0
    ? { outcome: 'inconclusive', exitCode: 2, verdicts, counts }
    : { outcome: 'pass', exitCode: 0, verdicts, counts };
}

function allVerdicts(plan: Plan, evidence: Evidence): Verdict[] {
  const watchdog = plan.alerts.find((a) => a.alert === plan.watchdog.alert);
  const first = watchdog ? [judgeWatchdog(plan, evidence, watchdog)] : [];
  if (first.some((v) => v.outcome === 'fail')) return first;
  if (evidence.t0 === null)
    return [...first, ...plan.tracks.map((track) => unjudged(plan, lifeOf(track), evidence))];
  const tracks = contexts(plan, evidence, evidence.t0);
  const episodes = episodesOf(
    evidence,
    (name) => plan.alerts.find((a) => a.alert === name)?.timing.evaluationMs ?? 15_000 / plan.speed,
  );
  const judged = tracks.flatMap((c) => {
    const over = c.t0 + (c.track.steps.at(-1)?.endMs ?? 0);
    if (evidence.interruption && evidence.interruption.at < over)
      return [unjudged(plan, lifeOf(c.track), evidence)];
    const reasons = doubts(evidence, plan, c);
    return judgeTrack(c, plan, episodes).map((v) => doubted(v, reasons, c));
  });
  // Whatever was finished before, an interrupted run is never a pass.
  const rest = evidence.interruption
    ? [unjudged(plan, { about: 'run' }, evidence)]
    : nothingUnexpected({
        plan,
        evidence,
        t0: evidence.t0,
        tracks,
        episodes,
        already: judged,
      });
  return [...first, ...judged, ...rest];
}

function judgeTrack(
  c: TrackContext,
  plan: Plan,
  episodes: ReturnType<typeof episodesOf>,
): Verdict[] {
  if (
    plan.jobs.find((job) => job.name === c.track.labels['job'])?.toldBySilence &&
    c.step('outage')
  )
    return judgeSilence(c);
  if (c.step('outage')) return judgeOutage(c, episodes);
  const fired = firedEpisode(c, 'breach');
  const recovery = c.step('recovery');
  const resolveWithin =
    (recovery?.endMs ?? 0) -
    (recovery?.startMs ?? 0) -
    receivedWithinMs(c.alert.timing, 'resolved');
  return [
    quietBelowLimit(c),
    blipStaysPending(c),
    ...firesOnTime(c, 'breach'),
    ...(fired
      ? [...judgeNotices(c, fired), resolvesInTime(c, 'recovery', fired, resolveWithin)]
      : []),
  ];
}

/**
 * The Watchdog arrives, again and again, from T0 until the first component of the monitoring itself
 * is stopped.
 */
function judgeWatchdog(plan: Plan, evidence: Evidence, alert: AlertPlan): Verdict {
  const c = { plan, alert, track: { id: alert.alert } };
  const expectation = { kind: 'watchdog-delivered', phase: null } as const;
  const times = watchdogTimes(plan, evidence);
  if (
    evidence.interruption &&
    evidence.interruption.reason !== 'watchdog-silent' &&
    evidence.t0 === null
  )
    return unjudged(plan, lifeOf({ alert: alert.alert, id: alert.alert }), evidence);
  const silence = plan.tracks.filter((t) =>
    plan.jobs.some((j) => j.toldBySilence && t.id.endsWith(`/${j.name}`)),
  );
  const from = evidence.t0 ?? evidence.startedAt;
  const until = Math.min(
    evidence.interruption?.at ?? Infinity,
    from + Math.min(plan.lengthMs, ...silence.map((t) => t.steps[0]?.startMs ?? Infinity)),
  );
  const marks = [from, ...times.filter((at) => at > from && at < until), until];
  const widest = Math.max(...marks.slice(1).map((at, i) => at - (marks[i] ?? at)));
  const within = plan.watchdog.everyMs + alert.timing.evaluationMs + alert.timing.epsilonMs;
  if (times.length > 0 && evidence.t0 !== null && widest <= within)
    return pass(c, expectation, `${marks.length - 2} times, at most ${seconds(widest)} apart`, {
      times: marks.length - 2,
      ...timed(widest),
    });
  const verdict = fail(c, expectation, 'watchdog-silent', {
    title: times.length === 0 ? 'The Watchdog never arrives' : 'The Watchdog stops arriving',
    expected: `the Watchdog at its receiver at least every ${seconds(within)}`,
    seen: times.length === 0 ? 'not once' : `${seconds(widest)} without it`,
    likelyCause:
      `${evidence.interruption?.detail ?? 'The path from Prometheus over Alertmanager to a person was interrupted.'} ` +
      'Nothing else is judged: silence would prove nothing.',
  });
  return times.length === 0 ? verdict : doubted(verdict, doubts(evidence, plan, undefined));
}

function lifeOf({ alert, id }: Pick<Track, 'alert' | 'id'>): AlertSubject {
  return { about: 'alert', alert, track: id };
}

function unjudged(plan: Plan, subject: Subject, evidence: Evidence): Verdict {
  const rule = subject.about === 'alert' ? plan.rules[subject.alert] : undefined;
  return {
    expectation: { kind: 'judged', subject, phase: null },
    outcome: 'inconclusive',
    finding: {
      id: 'could-not-judge',
      title: `${subjectId(subject)} could not be judged`,
      source: rule ? { file: rule.file, line: rule.line, column: rule.column } : null,
      query: null,
      expected: 'a run to the end of this track',
      seen: evidence.interruption?.detail ?? 'the run ended before it',
      likelyCause: 'The run was interrupted; what it recorded until then is in the run folder.',
    },
  };
}
