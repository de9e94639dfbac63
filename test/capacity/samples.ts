import type { CapacityResult, DimensionResult } from '../../src/model/capacity.ts';
import type { Dimension, Limit } from '../../src/model/dimension.ts';
import type { SaturationPoint } from '../../src/model/saturation.ts';
import type { ProcessUse, StepMeasurement, StepRecord } from '../../src/model/capacity-step.ts';
import { judgeStep } from '../../src/capacity/judge-step.ts';

const at = { file: 'prometheus/alerts/application.yml', line: 5, column: 9 };

export const SLOW: Limit = {
  title: 'p95 of backend',
  figure: 'latencyP95Seconds',
  part: 'backend',
  bound: 'at most',
  value: 1,
  alert: 'SlowResponseTime',
  source: at,
};
export const ERRORS: Limit = {
  title: 'errors of backend',
  figure: 'errorShare',
  part: 'backend',
  bound: 'at most',
  value: 0.05,
  alert: 'HighErrorRate',
  source: at,
};

export const REQUESTS: Dimension = {
  id: 'requests',
  title: 'requests to all services',
  unit: 'requests/s',
  start: 250,
  max: 64_000,
  tolerance: 0.05,
  speed: 1,
  warmUpMs: 2_000,
  measuredMs: 5_000,
  limits: [SLOW, ERRORS],
  need: 'requests',
};

/** A measurement at which all is well; what is given is changed. */
export function measurement(load: number, changes: Partial<StepMeasurement> = {}): StepMeasurement {
  return {
    load,
    startedAt: 1_000_000,
    warmUpMs: 2_000,
    measuredMs: 5_000,
    trouble: null,
    processes: [],
    parts: { backend: { latencyP95Seconds: 0.02, errorShare: 0 } },
    ...changes,
    figures: {
      offeredPerSecond: load,
      achievedPerSecond: load,
      droppedShare: 0,
      othersCpuShare: 0.01,
      stealShare: 0,
      ...changes.figures,
    },
  };
}

/** A step of a dimension, judged as the run would. */
export function step(
  load: number,
  changes: Partial<StepMeasurement> = {},
  dimension = REQUESTS,
): StepRecord {
  const measured = measurement(load, changes);
  return {
    dimension: dimension.id,
    repetition: 1,
    reason: 'doubling',
    measurement: measured,
    verdict: judgeStep(measured, dimension.limits),
  };
}

export function processUse(
  name: string,
  cpuCores: number,
  changes: Partial<ProcessUse> = {},
): ProcessUse {
  return {
    name,
    role: 'subject',
    cpuCores,
    cpuLimitCores: 1,
    memoryBytes: 90e6,
    openFiles: 40,
    openFilesLimit: 1_024,
    ...changes,
  };
}

export function found(...holds: number[]): SaturationPoint {
  const sorted = [...holds].sort((a, b) => a - b);
  const middle = sorted[Math.floor(holds.length / 2)] ?? 0;
  return {
    kind: 'found',
    load: middle,
    spread: ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)) / middle,
    repetitions: holds.map((load, i) => ({
      repetition: i + 1,
      holds: load,
      breaks: load * 1.05,
      limitedBy: null,
      notMonotonic: false,
    })),
  };
}

export function result(
  saturationPoint: SaturationPoint,
  changes: Partial<DimensionResult> = {},
): DimensionResult {
  return {
    dimension: REQUESTS,
    steps: [],
    saturationPoint,
    culprit: null,
    firstAlert: null,
    blindAlert: null,
    alerting: [],
    ...changes,
  };
}

export function capacityOf(
  dimensions: DimensionResult[],
  changes: Partial<CapacityResult> = {},
): CapacityResult {
  return {
    schemaVersion: 2,
    runId: '20300101-120000-ab12',
    stackName: 'stack',
    target: null,
    startedAt: 1_000_000,
    endedAt: 1_200_000,
    machine: { cores: 2, cpuModel: 'a processor', memoryBytes: 24e9 },
    versions: {},
    dimensions,
    needs: [],
    comparisons: null,
    interruption: null,
    exitCode: 0,
    ...changes,
  };
}
