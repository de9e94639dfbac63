import { isLoad, jobMovedBy, stepOfName } from '../lib/plan-names.ts';
import { receivedWithinMs } from '../lib/formulas.ts';
import type { Evidence, GroupHealth } from '../model/evidence.ts';
import { spoiltIn } from '../model/expectation-kinds.ts';
import type { Plan } from '../model/plan.ts';
import type { FindingId } from '../model/finding.ts';
import type { Verdict } from '../model/verdict.ts';
import { isTooEarly } from './activity.ts';
import { valuesSeen } from './context.ts';
import type { TrackContext } from './context.ts';
import {
  COUNTED,
  ENDED,
  EVALUATED,
  HELD_UP,
  SCRAPED,
  TIMED,
  UNTOLD,
  WITHOUT_VALUE,
} from './explains.ts';
import { lateReturns } from './late-return.ts';
import { poorScrapes, poorText } from './scrapes.ts';

/**
 * The harness's own clockwork may lag this much before its word on times is doubted, ms: half of
 * what the windows allow for it.
 */
const LAG_MS = 250;
/** Share of k6's iterations that may be dropped before its load is doubted. */
const DROPPED = 0.01;

/** A reason not to believe a failure, with the figure that shows it. */
export interface Doubt {
  reason: string;
  /** When it holds, epoch ms; always when absent. */
  at?: number;
  /** Findings that it can explain; all when absent. */
  explains?: FindingId[];
  /**
   * It can't explain that an expression had no value at all: too little was done, or too late, but
   * not nothing.
   */
  notWithoutValue?: true;
}

/**
 * What the machine or the harness may have spoilt. Doubts turn failures into "inconclusive"; they
 * never turn anything into a pass.
 */
export function doubts(evidence: Evidence, plan: Plan, track: TrackContext | undefined): Doubt[] {
  const found: Doubt[] = [];
  const missed = evidence.groups.filter((g) => g.iterationsMissed > 0);
  if (missed.length > 0)
    found.push({
      reason: `rule evaluations were missed: ${missed.map((g) => `${nameOf(g)} ${g.iterationsMissed}`).join(', ')}`,
      explains: EVALUATED,
    });
  const slow = evidence.groups.filter((g) => g.lastDurationMs > g.intervalMs);
  if (slow.length > 0)
    found.push({
      reason:
        'a rule group took longer than its interval: ' +
        `${slow.map((g) => `${nameOf(g)} ${Math.round(g.lastDurationMs)} ms`).join(', ')}`,
      explains: EVALUATED,
    });
  for (const lag of evidence.lags)
    if (lag.ms > LAG_MS)
      found.push({
        reason: `the harness itself was held up for ${Math.round(lag.ms)} ms (at most ${LAG_MS})`,
        at: lag.at,
        explains: HELD_UP,
        notWithoutValue: true,
      });
  if (evidence.queryErrors.length > 0)
    found.push({
      reason:
        `Prometheus refused ${evidence.queryErrors.length} of the final queries: ` +
        `${evidence.queryErrors[0]?.error ?? ''}`,
    });
  const job = track?.track.labels['job'];
  for (const scrape of job === undefined ? [] : poorScrapes(plan, evidence))
    if (scrape.job === job)
      found.push({
        reason: poorText(scrape),
        at: scrape.at,
        explains: [...SCRAPED, ...(track && wasBrief(track) ? UNTOLD : [])],
      });
  if (track?.track.signal) found.push(...stimulusDoubts(evidence, plan, track, track.track.signal));
  return found;
}

/** File and name: several groups may have one name. */
function nameOf({ file, name }: GroupHealth): string {
  return `${file.split('/').at(-1) ?? ''}/${name}`;
}

function stimulusDoubts(
  evidence: Evidence,
  plan: Plan,
  track: TrackContext,
  signal: string,
): Doubt[] {
  const found: Doubt[] = [];
  const { k6 } = evidence;
  if (k6 && isLoad(signal) && k6.droppedIterations > DROPPED * k6.requests)
    found.push({
      reason: `k6 dropped ${k6.droppedIterations} of ${k6.requests} iterations`,
      explains: COUNTED,
      notWithoutValue: true,
    });
  const isOwn = ({ step }: { step: string }): boolean => stepOfName(step).track === track.track.id;
  for (const entry of evidence.timeline.filter(isOwn)) {
    const { phase } = stepOfName(entry.step);
    if (phase === 'return') continue;
    const lateMs = entry.at - entry.plannedAt;
    // A freeze has to be seen by one evaluation, and has less room than the rest.
    const allowedMs =
      jobMovedBy(signal) !== undefined && phase === 'blip'
        ? track.alert.timing.freezeMarginMs
        : track.alert.timing.epsilonMs;
    if (lateMs > allowedMs)
      found.push({
        reason: `a stimulus came late: ${entry.step} ${Math.round(lateMs)} ms`,
        explains: [...TIMED, 'never-pending', ...(wasBrief(track) ? UNTOLD : [])],
        notWithoutValue: true,
      });
  }
  for (const { track: id, reason } of lateReturns(plan, evidence))
    if (id === track.track.id) found.push({ reason, explains: ENDED });
  const planned = plan.signals[signal]?.filter(isOwn) ?? [];
  const undone = planned.filter((s) => !evidence.timeline.some((entry) => entry.step === s.step));
  if (undone.length > 0)
    found.push({ reason: `a stimulus is not on record: ${undone.map((s) => s.step).join(', ')}` });
  return found;
}

/** Whether the alert fired, and never for long enough that Alertmanager had to tell of it. */
function wasBrief({ episodes, alert: { timing } }: TrackContext): boolean {
  const fired = episodes.filter((episode) => episode.firingAt !== null);
  return fired.every(
    ({ firingAt, lastAt }) =>
      lastAt + timing.evaluationMs - (firingAt ?? lastAt) < receivedWithinMs(timing, 'firing'),
  );
}

/** A failure that can't be believed becomes inconclusive, with the reasons. */
export function doubted(verdict: Verdict, all: Doubt[], track?: TrackContext): Verdict {
  const { finding } = verdict;
  if (verdict.outcome !== 'fail' || !finding) return verdict;
  if (finding.id === 'fired-on-blip' && track && isTooEarly(track)) return verdict;
  const empty =
    track !== undefined &&
    WITHOUT_VALUE.includes(finding.id) &&
    valuesSeen(track, track.t0, track.evidence.endedAt) === null;
  const reasons = all.filter(
    (d) =>
      !(empty && d.notWithoutValue) &&
      (d.explains?.includes(finding.id) ?? true) &&
      (d.at === undefined || !track || concerns(verdict, track, d.at)),
  );
  if (reasons.length === 0) return verdict;
  return {
    ...verdict,
    outcome: 'inconclusive',
    finding: {
      ...finding,
      id: 'could-not-judge',
      likelyCause:
        'The machine or the harness was at fault: ' +
        `${[...new Set(reasons.map((d) => d.reason))].join('; ')}. (${finding.likelyCause})`,
    },
  };
}

/**
 * Whether something that happened at this time lies in the phases that the expectation is about, or
 * just after.
 */
function concerns(verdict: Verdict, track: TrackContext, at: number): boolean {
  const phases = spoiltIn(verdict.expectation);
  const steps = track.track.steps.filter((s) => !phases || phases.includes(s.phase));
  const runMs = at - track.t0;
  return steps.some(
    (s) =>
      runMs >= s.startMs - track.alert.timing.epsilonMs &&
      runMs <= s.endMs + track.alert.timing.epsilonMs,
  );
}
