import type { StepMeasurement, StepRequest } from '../model/capacity-step.ts';

/** Where steps are run: a world of the run's own, or a target that is there already. */
export interface StepRunner extends AsyncDisposable {
  /**
   * Applies a load and measures it. @throws HarnessError when the harness failed, the signal's
   * reason when aborted
   */
  step: (request: StepRequest) => Promise<StepMeasurement>;
}

/** Adds what this process, which decides and draws, used itself: it is part of the harness. */
export function addOwnCpu(
  measurement: StepMeasurement,
  before: NodeJS.CpuUsage,
  wallMs: number,
): StepMeasurement {
  const { user, system } = process.cpuUsage(before);
  const cores = (user + system) / 1000 / Math.max(1, wallMs);
  return {
    ...measurement,
    figures: {
      ...measurement.figures,
      harnessCpuCores: (measurement.figures.harnessCpuCores ?? 0) + cores,
    },
  };
}
