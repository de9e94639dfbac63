import type { StepMeasurement, StepRequest } from '../../model/capacity-step.ts';

/** What a step's measurement says before anything was measured. It begins now. */
export function begunStep({
  load,
  warmUpMs,
  measuredMs,
}: StepRequest): Pick<StepMeasurement, 'load' | 'startedAt' | 'warmUpMs' | 'measuredMs' | 'parts'> {
  return { load, startedAt: Date.now(), warmUpMs, measuredMs, parts: {} };
}
