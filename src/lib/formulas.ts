import type { Timing } from '../model/plan.ts';

/**
 * ⌈F/E⌉·E: how long an alert is pending. Prometheus compares at evaluations only
 * (rules/alerting.go, Eval: `ts.Sub(a.ActiveAt) >= r.holdDuration`).
 */
export function pendingMs(timing: Timing): number {
  return wholeEvaluationsMs(timing.forMs, timing);
}

/**
 * Longest time from the first breaching event to the first evaluation that sees it: S + W + E + ε,
 * and the answer's own time.
 */
export function activeWithinMs(timing: Timing): number {
  return (
    timing.windowMs + timing.scrapeMs + timing.evaluationMs + timing.responseMs + timing.epsilonMs
  );
}

/**
 * Where two samples lie further apart than this many intervals, Prometheus takes a rate's series to
 * have ended half an interval after the last (promql/functions.go, `extrapolationThreshold`).
 */
export const EXTRAPOLATION_THRESHOLD = 1.1;

/** Longest time from a state change in Prometheus to its arrival at a receiver: G + E + ε. */
export function receivedWithinMs(timing: Timing, change: 'firing' | 'resolved'): number {
  const wait = change === 'firing' ? timing.groupWaitMs : timing.groupIntervalMs;
  return wait + timing.evaluationMs + timing.epsilonMs;
}

/**
 * Longest time from the first breaching event until the last receiver is told that the alert fires.
 */
export function toldWithinMs(timing: Timing): number {
  return activeWithinMs(timing) + pendingMs(timing) + receivedWithinMs(timing, 'firing');
}

/**
 * ⌈K/E⌉·E: how long an alert goes on firing after the first evaluation whose expression is quiet
 * (rules/alerting.go, Eval: `ts.Sub(a.KeepFiringSince) < r.keepFiringFor`).
 */
export function keptMs(timing: Timing): number {
  return wholeEvaluationsMs(timing.keepFiringForMs, timing);
}

/**
 * Longest time from the recovery to the first evaluation at which a firing alert isn't active any
 * more: S + E + R + ε, after the window has drained, and `keep_firing_for` on top.
 * @param drainMs until the window is on the quiet side again
 */
export function inactiveWithinMs(timing: Timing, drainMs = 0): number {
  const { scrapeMs, evaluationMs, responseMs, epsilonMs } = timing;
  return drainMs + scrapeMs + evaluationMs + responseMs + epsilonMs + keptMs(timing);
}

function wholeEvaluationsMs(ms: number, { evaluationMs }: Timing): number {
  return Math.max(0, Math.ceil(ms / evaluationMs - 1e-9)) * evaluationMs;
}
