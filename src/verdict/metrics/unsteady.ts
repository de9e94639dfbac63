import { COMPONENT, actsOn } from '../../lib/components.ts';
import type { Evidence, TimelineEntry } from '../../model/evidence.ts';
import type { TruthSeries } from '../../model/truth-series.ts';

/** A component that is back needs this long until everybody has found it again, ms. */
const BACK_MS = 2_500;
/** A component that was frozen catches up within this, ms. */
const THAWED_MS = 1_000;

/**
 * What was done to the job's component, as stretches of time. Each lasts until what is known from
 * outside of its values has been set again: on a busy machine whoever sets them finds the component
 * later than the harness does.
 * @param truths what is known of the metrics that are looked at
 */
export function unsteadyOf(
  evidence: Evidence,
  job: string,
  truths: TruthSeries[],
): [number, number][] {
  return stepsDown(evidence, job).map(([step, back]): [number, number] => {
    if (!back) return [step.at, Infinity];
    const wasStopped = step.level === COMPONENT.stopped;
    const untilMs = back.at + (wasStopped ? BACK_MS : THAWED_MS);
    return [step.at, wasStopped ? settledAt(truths, back.at, untilMs) : untilMs];
  });
}

/** The stretches in which the job's component stood still or was gone, epoch ms. */
export function touchedOf(evidence: Evidence, job: string): [number, number][] {
  return stepsDown(evidence, job).map(([step, back]) => [step.at, back?.doneAt ?? Infinity]);
}

/** Each time that the harness froze or stopped the job's component, and what it did next to it. */
function stepsDown(evidence: Evidence, job: string): [TimelineEntry, TimelineEntry | undefined][] {
  return actsOn(evidence.timeline, job).flatMap(
    (step, i, steps): [TimelineEntry, TimelineEntry | undefined][] =>
      step.level < COMPONENT.running ? [[step, steps[i + 1]]] : [],
  );
}

/**
 * When the changes that were under way between these two moments were over; at the earliest at the
 * latter.
 */
function settledAt(truths: TruthSeries[], fromMs: number, toMs: number): number {
  const changes = truths.flatMap(({ points }) => points);
  return Math.max(
    toMs,
    ...changes.filter(([from, to]) => from <= toMs && to >= fromMs).map(([, to]) => to),
  );
}
