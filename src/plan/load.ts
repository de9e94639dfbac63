import type { LoadPlan, SignalStep } from '../model/plan.ts';
import { SLOW_ANSWER_MS } from './timing.ts';

/** Requests that a window must hold so that half a per cent of them is more than two: what tells `near` from `over`. */
const REQUESTS_PER_WINDOW = 500;
const LEAST_PER_SECOND = 20;
/** Delay and share of the answers that hold p95 in the bucket just under one second. */
const TAIL_MS = 900;
const TAIL_SHARE = 0.1;
const CAMERAS = 100;

/**
 * What k6 has to do. The rate is constant; what changes with time is which answer is asked for.
 * @param windowMs the narrowest rate window of the alerts, run ms
 */
export function loadOf(signals: Record<string, SignalStep[]>, lengthMs: number, speed: number, windowMs: number): LoadPlan {
  const rate = Math.max(LEAST_PER_SECOND, Math.ceil((REQUESTS_PER_WINDOW * 1_000) / windowMs));
  return {
    requestsPerSecond: { backend: rate, streaming: LEAST_PER_SECOND, ai: rate },
    lprPerSecond: 5,
    tailMs: TAIL_MS,
    tailShare: TAIL_SHARE,
    slowMs: SLOW_ANSWER_MS,
    speed,
    cameras: CAMERAS,
    signals: Object.fromEntries(Object.entries(signals).filter(([name]) => name.startsWith('load.'))),
    lengthMs,
  };
}
