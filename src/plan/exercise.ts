import type { SignalStep } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';

/** How many recordings are in progress, one level after the other; a gauge that stands still could be a constant. */
const RECORDINGS = [3, 7, 4, 9, 5, 8];

/** What no alert moves is moved as well, so that its metric has something to show: levels spread over the run. */
export function exercise(spec: Spec, lengthMs: number): Record<string, SignalStep[]> {
  if (!spec.contract.jobs.some((job) => job.component === 'fake/streaming')) return {};
  return { 'load.recordings': RECORDINGS.map((level, i) => ({ atMs: Math.round((i * lengthMs) / RECORDINGS.length), level, step: `exercise/recordings-${i + 1}` })) };
}
