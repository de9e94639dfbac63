import { timesTold } from '../../lib/notices/times-told.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { AlertPlan, Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { inconclusive } from '../inconclusive.ts';
import { doubted } from './doubts/doubted.ts';
import { runDoubts } from './doubts/index.ts';
import { alertmanagerStood, stoodBeforeT0, stoodIn } from './doubts/standing.ts';
import { unjudgedTrack } from './unjudged.ts';
import { fail, pass, seconds, timed } from './verdicts.ts';
import type { Subject } from './verdicts.ts';

const EXPECTATION = { kind: 'watchdog-delivered', phase: null } as const;

/** When the Watchdog reached those who are promised it, epoch ms, ascending. */
export function watchdogTimes(plan: Plan, evidence: Evidence): number[] {
  return timesTold(evidence, plan.watchdog.alert, watchdogOf(plan)?.receivers ?? []);
}

/**
 * The Watchdog arrives, again and again, from T0 until the first component of the monitoring itself
 * is stopped. No verdict on a stack that promises none.
 */
export function judgeWatchdog(plan: Plan, evidence: Evidence): Verdict[] {
  const alert = watchdogOf(plan);
  if (!alert) return [];
  const track = { alert: alert.alert, id: alert.alert };
  const { interruption, t0 } = evidence;
  if (interruption && interruption.reason !== 'watchdog-silent' && t0 === null)
    return [unjudgedTrack(plan, track, evidence)];
  const times = watchdogTimes(plan, evidence);
  const marks = marksOf(plan, evidence, times);
  const gaps = marks.slice(1).map((until, i): [number, number] => [marks[i] ?? until, until]);
  const lengthOf = ([from, until]: [number, number]): number => until - from;
  const widest = Math.max(...gaps.map(lengthOf));
  const within = plan.watchdog.everyMs + alert.timing.evaluationMs + alert.timing.epsilonMs;
  const subject = { plan, alert, track };
  if (times.length > 0 && t0 !== null && widest <= within)
    return [
      pass(subject, EXPECTATION, `${marks.length - 2} times, at most ${seconds(widest)} apart`, {
        times: marks.length - 2,
        ...timed(widest),
      }),
    ];
  if (times.length === 0)
    return [inconclusive(silent(subject, evidence, within), stoodAtStart(plan, evidence, within))];
  const standings = alertmanagerStood(plan, evidence);
  const silences = gaps
    .filter((gap) => lengthOf(gap) > within)
    .map((gap) => ({ tooLongMs: lengthOf(gap) - within, stood: stoodIn(standings, gap) }));
  const explained = silences.every(({ tooLongMs, stood }) => stood.ms >= tooLongMs);
  const held = explained ? silences.flatMap(({ stood }) => stood.reasons) : [];
  const doubts = [...runDoubts(evidence), ...held.map((reason) => ({ reason }))];
  return [doubted(silent(subject, evidence, within, widest), doubts)];
}

/** What shows that Alertmanager stood still for too long before the run could begin, if it did. */
function stoodAtStart(plan: Plan, evidence: Evidence, withinMs: number): string[] {
  const { interruption, t0 } = evidence;
  if (t0 !== null || !interruption) return [];
  const { sinceMs, standings } = stoodBeforeT0(plan, evidence);
  const { ms, reasons } = stoodIn(standings, [sinceMs, interruption.at]);
  return ms > 0 && ms >= interruption.at - sinceMs - withinMs ? reasons : [];
}

function watchdogOf(plan: Plan): AlertPlan | undefined {
  return plan.alerts.find((a) => a.alert === plan.watchdog.alert);
}

/**
 * The stretch in which the Watchdog has to be heard: its beginning, each time that it was heard,
 * its end.
 */
function marksOf(plan: Plan, evidence: Evidence, times: number[]): number[] {
  const silences = plan.tracks.filter((t) =>
    plan.jobs.some((j) => j.toldBySilence && t.id.endsWith(`/${j.name}`)),
  );
  const from = evidence.t0 ?? evidence.startedAt;
  const until = Math.min(
    evidence.interruption?.at ?? Infinity,
    from + Math.min(plan.lengthMs, ...silences.map((t) => t.steps[0]?.startMs ?? Infinity)),
  );
  return [from, ...times.filter((at) => at > from && at < until), until];
}

/** @param widestMs the longest time without it; undefined: it never came at all */
function silent(
  subject: Subject,
  { interruption }: Evidence,
  withinMs: number,
  widestMs?: number,
): Verdict {
  return fail(subject, EXPECTATION, 'watchdog-silent', {
    title: widestMs === undefined ? 'The Watchdog never arrives' : 'The Watchdog stops arriving',
    expected: `the Watchdog at its receiver at least every ${seconds(withinMs)}`,
    seen: widestMs === undefined ? 'not once' : `${seconds(widestMs)} without it`,
    likelyCause:
      `${interruption?.detail ?? 'The path from Prometheus over Alertmanager to a person was interrupted.'} ` +
      'Nothing else is judged: silence would prove nothing.',
  });
}
