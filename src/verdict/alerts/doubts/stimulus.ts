import { isLoad, jobMovedBy, stepOfName } from '../../../lib/plan-names.ts';
import type { TimelineEntry } from '../../../model/evidence.ts';
import { lateReturns } from '../late-return.ts';
import type { TrackContext } from '../context.ts';
import { wasBrief } from './brief.ts';
import type { Doubt } from './doubt.ts';
import { COUNTED, ENDED, TIMED, UNTOLD } from './explains.ts';

/** Share of k6's iterations that may be dropped before its load is doubted. */
const DROPPED = 0.01;

/** What may be wrong with what was done to the world for a track. */
export function stimulusDoubts(c: TrackContext): Doubt[] {
  const { signal } = c.track;
  if (!signal) return [];
  return [
    ...droppedLoad(c, signal),
    ...lateSteps(c, signal),
    ...lateEvents(c),
    ...wentOn(c, signal),
    ...lateEnds(c),
    ...undoneSteps(c, signal),
  ];
}

function droppedLoad({ evidence: { k6 } }: TrackContext, signal: string): Doubt[] {
  if (!k6 || !isLoad(signal) || k6.droppedIterations <= DROPPED * k6.requests) return [];
  return [
    {
      reason: `k6 dropped ${k6.droppedIterations} of ${k6.requests} iterations`,
      explains: COUNTED,
      notWithoutValue: true,
    },
  ];
}

function lateSteps(c: TrackContext, signal: string): Doubt[] {
  const explains = [...TIMED, 'never-pending' as const, ...(wasBrief(c) ? UNTOLD : [])];
  return ownSteps(c, c.evidence.timeline).flatMap((entry): Doubt[] => {
    const { phase } = stepOfName(entry.step);
    const lateMs = entry.at - entry.plannedAt;
    if (phase === 'return' || lateMs <= allowedMs(c, signal, phase)) return [];
    const reason = `a stimulus came late: ${entry.step} ${Math.round(lateMs)} ms`;
    return [{ reason, explains, notWithoutValue: true }];
  });
}

/** Of a window: by so much an event may come late without the rate over it telling of it. */
const LATE_SHARE = 0.05;
/** What is sent late between two phases, since its service was frozen, is nobody's lateness. */
const BETWEEN: string[] = ['settle', 'rest'];

/**
 * Events that k6 sent later than they were due, though their step began in time: what it makes up
 * for at once lies in another window.
 */
function lateEvents({ track, evidence: { k6 }, alert: { timing } }: TrackContext): Doubt[] {
  const allowedMs = Math.min(timing.epsilonMs, LATE_SHARE * timing.windowMs);
  return Object.entries(k6?.steps ?? {}).flatMap(([name, { first, lateMs }]): Doubt[] => {
    const step = stepOfName(name);
    const isOwn = step.track === track.id && !BETWEEN.includes(step.phase);
    if (!isOwn || lateMs <= allowedMs) return [];
    const reason = `k6 sent events up to ${Math.round(lateMs)} ms late: ${name}`;
    return [{ reason, at: first, explains: COUNTED, notWithoutValue: true }];
  });
}

/** A freeze that somebody else has ended, who lets processes go on. */
function wentOn(c: TrackContext, signal: string): Doubt[] {
  return ownSteps(c, c.evidence.timeline)
    .filter((entry) => entry.wentOn)
    .map(() => ({
      reason: `somebody else let ${jobMovedBy(signal) ?? signal} go on while it was to stand still`,
      explains: [...TIMED, 'never-pending'],
    }));
}

/** A freeze has to be seen by one evaluation, and has less room than the rest. */
function allowedMs({ alert: { timing } }: TrackContext, signal: string, phase: string): number {
  return jobMovedBy(signal) !== undefined && phase === 'blip'
    ? timing.freezeMarginMs
    : timing.epsilonMs;
}

function lateEnds({ plan, evidence, track }: TrackContext): Doubt[] {
  return lateReturns(plan, evidence)
    .filter((late) => late.track === track.id)
    .map(({ reason }) => ({ reason, explains: ENDED }));
}

function undoneSteps(c: TrackContext, signal: string): Doubt[] {
  const done = new Set(c.evidence.timeline.map(({ step }) => step));
  const undone = ownSteps(c, c.plan.signals[signal] ?? []).filter(({ step }) => !done.has(step));
  if (undone.length === 0) return [];
  const which = undone.map(({ step }) => step).join(', ');
  return [{ reason: `a stimulus is not on record: ${which}` }];
}

function ownSteps<Step extends Pick<TimelineEntry, 'step'>>(
  { track }: TrackContext,
  steps: Step[],
): Step[] {
  return steps.filter(({ step }) => stepOfName(step).track === track.id);
}
