import type { Tried } from '../../capacity/bracket.ts';
import { culpritOf } from '../../capacity/culprit.ts';
import { blindAlertOf, firstAlertOf } from '../../capacity/first-alert.ts';
import { judgeStep } from '../../capacity/judge-step.ts';
import { stepsLeft } from '../../capacity/left.ts';
import { nextStep } from '../../capacity/search.ts';
import type { SearchOptions } from '../../capacity/search.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { DimensionResult } from '../../model/capacity.ts';
import type { SaturationPoint } from '../../model/saturation.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import { waitUntilQuiet } from '../../capacity-run/measure/quiet.ts';
import type { StepRunner } from '../../capacity-run/runner.ts';

/** Between two steps: k6 starts, the subject comes to rest, ms. */
const BETWEEN_MS = 2_500;
/** A machine that others use is waited for this long before a step is repeated, ms. */
const QUIET_WITHIN_MS = 30_000;

export interface Finding {
  dimension: Dimension;
  search: SearchOptions;
  /** Those that are finished already; new ones are added. */
  steps: StepRecord[];
  /** Opened when the first step is due: a search that is finished needs no world. */
  open: () => Promise<StepRunner>;
  onStep: (record: StepRecord, left: { steps: number; ms: number }) => Promise<void>;
  onNext: (load: number, repetition: number, left: { steps: number; ms: number }) => void;
  /** Says what is awaited between two steps. */
  onWait: (what: string) => void;
  signal: AbortSignal;
}

/**
 * Runs one step after the other until the search has its answer. Interrupted, it throws, and the
 * steps so far are in `steps`.
 */
export async function findSaturationPoint(finding: Finding): Promise<SaturationPoint> {
  const { dimension, search, steps, signal } = finding;
  let runner: StepRunner | undefined;
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = nextStep(search, steps.map(triedOf));
      if (next.kind === 'done') return next.saturationPoint;
      const last = steps.at(-1)?.verdict;
      if (last?.outcome === 'invalid' && last.reason === 'busy-machine') {
        finding.onWait('until the machine is quiet');
        await waitUntilQuiet(QUIET_WITHIN_MS, signal);
      }
      finding.onNext(next.load, next.repetition, left(finding));
      runner ??= await finding.open();
      const id = `${dimension.id.replace('/', '-')}-${steps.length + 1}`;
      const measurement = await runner.step({
        id,
        load: next.load,
        warmUpMs: dimension.warmUpMs,
        measuredMs: dimension.measuredMs,
      });
      const record: StepRecord = {
        dimension: dimension.id,
        repetition: next.repetition,
        reason: next.reason,
        measurement,
        verdict: judgeStep(measurement, dimension.limits),
      };
      steps.push(record);
      await finding.onStep(record, left(finding));
    }
  } finally {
    await runner?.[Symbol.asyncDispose]();
  }
}

/** All that the steps say, with the saturation point if it was found. */
export function resultOf(
  dimension: Dimension,
  steps: StepRecord[],
  saturationPoint: SaturationPoint,
): DimensionResult {
  return {
    dimension,
    steps,
    saturationPoint,
    culprit: culpritOf(steps, dimension.unit),
    firstAlert: firstAlertOf(steps, saturationPoint),
    blindAlert: blindAlertOf(steps, saturationPoint),
    alerting: [],
  };
}

/** The saturation point as far as an interrupted search knows it. */
export function unfinished(
  search: SearchOptions,
  steps: StepRecord[],
  why: string,
): SaturationPoint {
  const next = nextStep(search, steps.map(triedOf));
  return next.kind === 'done'
    ? next.saturationPoint
    : { kind: 'inconclusive', reason: why, repetitions: [] };
}

function left({ dimension, search, steps }: Finding): { steps: number; ms: number } {
  const count = stepsLeft(search, steps.map(triedOf));
  return { steps: count, ms: count * (dimension.warmUpMs + dimension.measuredMs + BETWEEN_MS) };
}

function triedOf({ repetition, measurement, reason, verdict }: StepRecord): Tried {
  return {
    repetition,
    load: measurement.load,
    reason,
    outcome: verdict.outcome,
    ...(verdict.outcome === 'invalid' ? { why: verdict.reason } : {}),
  };
}
