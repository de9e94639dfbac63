import { plainNumber } from '../lib/plain-number.ts';
import { stepName } from '../lib/plan-names.ts';
import { noticesOf, timesTold } from '../lib/notices.ts';
import type { Notice } from '../lib/notices.ts';
import type { Evidence } from '../model/evidence.ts';
import type { FindingOf } from '../model/expectation-kinds.ts';
import type { AlertExpectation, WithoutSubject } from '../model/expectation.ts';
import type { AlertPlan, Plan } from '../model/plan.ts';
import type { Phase, Step, Track } from '../model/track.ts';
import type { Finding } from '../model/finding.ts';
import type { Figure, Verdict } from '../model/verdict.ts';
import { carries } from '../lib/carries.ts';
import { episodesOf } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { firstSeen } from './first-seen.ts';

/** Everything the judgement of one track needs, looked up once. */
export interface TrackContext {
  plan: Plan;
  evidence: Evidence;
  t0: number;
  track: Track;
  alert: AlertPlan;
  /** Episodes of this track's instance. */
  episodes: Episode[];
  /** What was told of this track's instance since T0. */
  notices: Notice[];
  /** Everything that was told in the run. */
  allNotices: Notice[];
  step: (phase: Phase) => Step | undefined;
  /** When a phase really began: what the stimulus's driver recorded, else the plan. Epoch ms. */
  began: (phase: Phase) => number;
  /** The earliest evaluation that can have seen a phase, epoch ms: never after it began. */
  seenFrom: (phase: Phase) => number;
}

/** Contexts of all tracks of a run that reached T0. */
export function contexts(plan: Plan, evidence: Evidence, t0: number): TrackContext[] {
  const evaluationMs = (name: string): number =>
    plan.alerts.find((a) => a.alert === name)?.timing.evaluationMs ?? 15_000 / plan.speed;
  const episodes = episodesOf(evidence, evaluationMs);
  const allNotices = noticesOf(evidence);
  return plan.tracks.flatMap((track) => {
    const alert = plan.alerts.find((a) => a.alert === track.alert);
    if (!alert) return [];
    const step = (phase: Phase): Step | undefined => track.steps.findLast((s) => s.phase === phase);
    return [
      {
        plan,
        evidence,
        t0,
        track,
        alert,
        step,
        episodes: episodes.filter(
          (e) => e.alert === track.alert && carries(e.labels, track.labels),
        ),
        notices: allNotices.filter((n) => n.receivedAt >= t0 && tells(n, track)),
        allNotices,
        began: (phase) => {
          const recorded = evidence.timeline.find(
            (entry) => entry.step === stepName({ track: track.id, phase }),
          );
          return recorded?.at ?? t0 + (step(phase)?.startMs ?? 0);
        },
        seenFrom: (phase) => firstSeen(evidence, track, phase, t0 + (step(phase)?.startMs ?? 0)),
      },
    ];
  });
}

/**
 * Whether a notice is about this track's alert instance: its name, and every label that identifies
 * it.
 */
export function tells(
  notice: Notice,
  track: { alert: string; labels: Record<string, string> },
): boolean {
  return notice.alertname === track.alert && carries(notice.labels, track.labels);
}

/** What people saw first of a notice; its name where nothing reached them. */
export function titleOf({ delivery, alertname }: Notice): string {
  return delivery?.text.trim().split('\n')[0] ?? alertname;
}

/** When the Watchdog reached those who are promised it, epoch ms, ascending. */
export function watchdogTimes(plan: Plan, evidence: Evidence): number[] {
  const { alert } = plan.watchdog;
  const promised = plan.alerts.find((a) => a.alert === alert)?.receivers ?? [];
  return timesTold(evidence, alert, promised);
}

/** What is expected of an alert, but for the alert: its context knows that. */
export type Expected = WithoutSubject<AlertExpectation>;
type Subject = Pick<TrackContext, 'alert'> & { track: { id: string } };

/** A verdict that passed, with what shows it in words and as a figure. */
export function pass(
  context: Subject,
  expected: Expected,
  measured?: string,
  figure?: Figure,
): Verdict {
  return {
    expectation: expectationOf(context, expected),
    outcome: 'pass',
    ...(measured === undefined ? {} : { measured }),
    ...(figure === undefined ? {} : { figure }),
  };
}

/** A verdict that failed, with its finding; source and query come from the alert's rule. */
export function fail<E extends Expected>(
  context: Subject & Pick<TrackContext, 'plan'>,
  expected: E,
  id: FindingOf<E['kind']>,
  finding: Omit<Finding, 'id' | 'source' | 'query'>,
  figure?: Figure,
): Verdict {
  const rule = context.plan.rules[context.alert.alert];
  return {
    expectation: expectationOf(context, expected),
    outcome: 'fail',
    ...(figure === undefined ? {} : { figure }),
    finding: {
      id,
      source: rule ? { file: rule.file, line: rule.line, column: rule.column } : null,
      query: rule?.expr ?? null,
      ...finding,
    },
  };
}

function expectationOf({ alert, track }: Subject, expected: Expected): AlertExpectation {
  return { ...expected, subject: { about: 'alert', alert: alert.alert, track: track.id } };
}

/** A duration as a verdict's figure. */
export function timed(ms: number): Figure {
  return { seconds: Math.round(ms) / 1_000 };
}

/** Seconds with two decimals. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/**
 * What the alert's expression was between two moments: least and greatest value, or that it
 * returned nothing.
 */
export function valuesSeen(
  context: TrackContext,
  fromMs: number,
  toMs: number,
): { min: number; max: number } | null {
  const series = (context.evidence.expressions[context.alert.alert] ?? []).filter((s) =>
    Object.entries(context.track.labels).every(
      ([k, v]) => s.labels[k] === undefined || s.labels[k] === v,
    ),
  );
  const values = series.flatMap((s) =>
    s.samples.filter(([t]) => t >= fromMs && t <= toMs).map(([, v]) => v),
  );
  if (values.length === 0) return null;
  const numbers = values.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return { min: NaN, max: NaN };
  return { min: Math.min(...numbers), max: Math.max(...numbers) };
}

/** The same in words, for a finding's "seen". */
export function valueText(context: TrackContext, fromMs: number, toMs: number): string {
  const seen = valuesSeen(context, fromMs, toMs);
  if (!seen) return 'the expression returned no value at all';
  if (Number.isNaN(seen.min)) return 'the expression was NaN: it divides nothing by nothing';
  return `the expression was between ${round(seen.min)} and ${round(seen.max)}`;
}

/** The level of a phase to the last digit that was meant: 0.145, not 0.14500000000000002. */
export function levelIn(context: TrackContext, phase: Phase): string {
  const level = context.step(phase)?.level;
  return level === undefined ? 'no level' : plainNumber(level);
}

function round(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
