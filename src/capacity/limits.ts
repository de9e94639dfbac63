import type { StepMeasurement } from '../model/capacity-step.ts';
import type { Limit } from '../model/dimension.ts';

/** A limit's figure; undefined when it wasn't measured, or is no number. */
export function valueOf(measurement: StepMeasurement, limit: Limit): number | undefined {
  const value = (limit.part === null ? measurement.figures : measurement.parts[limit.part])?.[
    limit.figure
  ];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/**
 * Whether a value is on the right side of a limit; on the limit itself counts as kept, as for the
 * alerts' `>`.
 */
export function keeps(limit: Pick<Limit, 'bound' | 'value'>, value: number): boolean {
  return limit.bound === 'at most' ? value <= limit.value : value >= limit.value;
}
