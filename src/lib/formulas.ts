import type { Timing } from '../model/plan.ts';

/** ⌈F/E⌉·E: how long an alert is pending. Prometheus compares at evaluations only (rules/alerting.go, Eval: `ts.Sub(a.ActiveAt) >= r.holdDuration`). */
export function pendingMs(timing: Timing): number {
  return Math.max(0, Math.ceil(timing.forMs / timing.evaluationMs - 1e-9)) * timing.evaluationMs;
}

/** Longest time from the first breaching event to the first evaluation that sees it: S + W + E + ε, and the answer's own time. */
export function activeWithinMs(timing: Timing): number {
  return (
    timing.windowMs + timing.scrapeMs + timing.evaluationMs + timing.responseMs + timing.epsilonMs
  );
}

/** Longest time from a state change in Prometheus to its arrival at a receiver: G + E + ε. */
export function receivedWithinMs(timing: Timing, change: 'firing' | 'resolved'): number {
  const wait = change === 'firing' ? timing.groupWaitMs : timing.groupIntervalMs;
  return wait + timing.evaluationMs + timing.epsilonMs;
}
