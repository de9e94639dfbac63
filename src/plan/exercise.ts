import type { SignalName, SignalStep } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { onTheSameSignal, quietAt } from './companions.ts';
import { levelsOf, signalOf } from './levels.ts';

/** How many recordings are in progress, one level after the other; a gauge that stands still could be a constant. */
const RECORDINGS = [3, 7, 4, 9, 5, 8];

/**
 * What no track moves is moved as well, or held just on the quiet side of its limit, so that its metric has something to show.
 * @param moved signals that tracks move
 */
export function exercise(
  spec: Spec,
  moved: Record<string, SignalStep[]>,
  lengthMs: number,
): Record<string, SignalStep[]> {
  const still = spec.contract.alerts.flatMap((alert): [SignalName, SignalStep[]][] => {
    const signal = signalOf(alert.stimulus);
    const levels = levelsOf(alert.stimulus);
    if (signal === null || !levels || moved[signal]) return [];
    const others = onTheSameSignal(alert, spec.contract.alerts);
    const quiet = others.every((other) => quietAt(levelsOf(other.stimulus) ?? levels, levels.near));
    const level = quiet ? levels.near : levels.calm;
    return [[signal, [{ atMs: 0, level, step: `exercise/${signal}` }]]];
  });
  const records = spec.contract.jobs.some((job) => job.component === 'fake/streaming');
  const recordings = RECORDINGS.map((level, i) => ({
    atMs: (i * lengthMs) / RECORDINGS.length,
    level,
    step: `exercise/recordings-${i + 1}`,
  }));
  return {
    ...Object.fromEntries(still),
    ...(records && !moved['load.recordings'] ? { 'load.recordings': recordings } : {}),
  };
}
