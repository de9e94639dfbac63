import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { Verdict } from '../model/verdict.ts';
import type { TrackContext } from './context.ts';

/** The harness's own clockwork may lag this much before its word is doubted, ms. */
const LAG_MS = 250;
/** Share of k6's iterations that may be dropped before its load is doubted. */
const DROPPED = 0.01;

/**
 * Reasons not to believe a failure: the machine or the harness was at fault, with the figure that shows it.
 * They turn a failure into "inconclusive"; they never turn anything into a pass.
 */
export function doubts(plan: Plan, evidence: Evidence, track: TrackContext | undefined): string[] {
  const reasons: string[] = [];
  const missed = evidence.groups.filter((g) => g.iterationsMissed > 0);
  if (missed.length > 0) reasons.push(`rule evaluations were missed: ${missed.map((g) => `${g.name} ${g.iterationsMissed}`).join(', ')}`);
  const slow = evidence.groups.filter((g) => g.lastDurationMs > g.intervalMs);
  if (slow.length > 0) reasons.push(`a rule group took longer than its interval: ${slow.map((g) => `${g.name} ${Math.round(g.lastDurationMs)} ms`).join(', ')}`);
  if (evidence.schedulingLagMs > LAG_MS) reasons.push(`the harness itself was held up for ${Math.round(evidence.schedulingLagMs)} ms (at most ${LAG_MS})`);
  if (evidence.queryErrors.length > 0) reasons.push(`Prometheus refused ${evidence.queryErrors.length} of the final queries: ${evidence.queryErrors[0]?.error ?? ''}`);
  const k6 = evidence.k6;
  if (k6 && track?.track.signal?.startsWith('load.') && k6.droppedIterations > DROPPED * k6.requests) reasons.push(`k6 dropped ${k6.droppedIterations} of ${k6.requests} iterations`);
  if (track?.track.signal) {
    const steps = evidence.timeline.filter((entry) => entry.step.startsWith(`${track.track.id}/`) && !entry.step.endsWith('/return'));
    const late = steps.filter((entry) => entry.at - entry.plannedAt > track.alert.timing.epsilonMs);
    if (late.length > 0) reasons.push(`a stimulus came late: ${late.map((entry) => `${entry.step} ${Math.round(entry.at - entry.plannedAt)} ms`).join(', ')}`);
    const planned = plan.signals[track.track.signal]?.filter((s) => s.step.startsWith(`${track.track.id}/`)) ?? [];
    const undone = planned.filter((s) => !evidence.timeline.some((entry) => entry.step === s.step));
    if (undone.length > 0) reasons.push(`a stimulus is not on record: ${undone.map((s) => s.step).join(', ')}`);
  }
  return reasons;
}

/** A failure that can't be believed becomes inconclusive, with the reasons. */
export function doubted(verdict: Verdict, reasons: string[]): Verdict {
  if (verdict.outcome !== 'fail' || reasons.length === 0 || !verdict.finding) return verdict;
  return { ...verdict, outcome: 'inconclusive', finding: { ...verdict.finding, id: 'could-not-judge', likelyCause: `The machine or the harness was at fault: ${reasons.join('; ')}. (${verdict.finding.likelyCause})` } };
}
