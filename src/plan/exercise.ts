import { signalOfName, stepName } from '../lib/plan-names.ts';
import type { SignalName, SignalStep } from '../model/track.ts';
import type { Spec } from '../model/spec.ts';
import type { Exercise } from '../technologies/load.ts';
import { resourcesOf } from '../technologies/resources.ts';
import { EXERCISES, serviceOf } from '../technologies/offered.ts';
import { onTheSameSignal, quietAt } from './companions.ts';
import { levelsOf, signalOf } from './levels.ts';

/** What is moved for its own sake stands in the timeline under this name instead of a track's. */
const EXERCISE = 'exercise';

/**
 * What no track moves is moved as well, or held just on the quiet side of its limit, so that its
 * metric has something to show.
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
    // A world may have only some of the jobs.
    if (resourcesOf(alert.stimulus, spec.contract.jobs).length === 0) return [];
    const others = onTheSameSignal(alert, spec.contract.alerts);
    const quiet = others.every((other) => quietAt(levelsOf(other.stimulus) ?? levels, levels.near));
    const level = quiet ? levels.near : levels.calm;
    return [[signal, [{ atMs: 0, level, step: stepName({ track: EXERCISE, phase: signal }) }]]];
  });
  const services = spec.contract.jobs.map((job) => serviceOf(job.component));
  const exercised = EXERCISES.filter(
    ({ signal, service }) => services.includes(service) && !moved[signal],
  ).map((one) => [one.signal, exerciseSteps(one, lengthMs)] as const);
  return { ...Object.fromEntries(still), ...Object.fromEntries(exercised) };
}

function exerciseSteps({ signal, levels }: Exercise, lengthMs: number): SignalStep[] {
  const moved = signalOfName(signal);
  const what = moved.by === 'k6' ? moved.what : signal;
  return levels.map((level, i) => ({
    atMs: (i * lengthMs) / levels.length,
    level,
    step: stepName({ track: EXERCISE, phase: `${what}-${i + 1}` }),
  }));
}
