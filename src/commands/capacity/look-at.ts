import { cpus } from 'node:os';
import { alertingLoads } from '../../capacity/alerting-loads.ts';
import type { AlertingLoad } from '../../capacity/alerting-loads.ts';
import { DEFAULT_ATTEMPTS } from '../../capacity/search.ts';
import type { SearchOptions } from '../../capacity/search.ts';
import { loadText } from '../../lib/amounts.ts';
import { messageOf } from '../../lib/errors.ts';
import type { AlertingUnderLoad, DimensionResult } from '../../model/capacity.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import type { SaturationPoint } from '../../model/saturation.ts';
import type { Dimension } from '../../model/dimension.ts';
import { stepLine } from '../../report/capacity/step-line.ts';
import { eventsOf } from '../../technologies/offered.ts';
import { alertingUnder } from './alerting.ts';
import { findSaturationPoint, resultOf, unfinished } from './find-saturation-point.ts';
import { openRunner } from './open-runner.ts';
import type { CapacityOptions } from './options.ts';
import type { Run } from './run.ts';

/** What is known of the dimensions, and what ended the run before all of them were looked at. */
export interface Looked {
  results: DimensionResult[];
  interruption: string | null;
}

/**
 * One dimension after the other, until one can't be looked at. What was measured is worth telling,
 * whatever ended it.
 * @throws what ended it where nothing was measured, unless somebody interrupted it
 */
export async function lookAtAll(run: Run, dimensions: Dimension[]): Promise<Looked> {
  const { begun, signal } = run;
  const results: DimensionResult[] = [];
  for (const dimension of dimensions) {
    try {
      results.push(await lookAt(run, dimension));
    } catch (error) {
      const why = messageOf(error);
      const own = begun.steps.filter((step) => step.dimension === dimension.id);
      const search = searchOf(dimension, begun.options);
      if (own.length > 0) results.push(resultOf(dimension, own, unfinished(search, own, why)));
      if (!signal.aborted && results.length === 0) throw error;
      return { results, interruption: why };
    }
  }
  return { results, interruption: null };
}

function searchOf(
  { start, max, tolerance }: Dimension,
  { repetitions }: CapacityOptions,
): SearchOptions {
  return { start, max, tolerance, repetitions, attempts: DEFAULT_ATTEMPTS };
}

/** One dimension: its saturation point, and what it says. */
async function lookAt(run: Run, dimension: Dimension): Promise<DimensionResult> {
  const { begun, target } = run;
  const steps = begun.steps.filter((step) => step.dimension === dimension.id);
  const saturationPoint = await saturationPointOf(run, dimension, steps);
  const result = resultOf(dimension, steps, saturationPoint);
  if (begun.options.alerting && !target && isByK6(dimension)) {
    for (const at of alertingLoads(saturationPoint, steps, cpus().length))
      result.alerting.push(await alertingAt(run, dimension, at));
  }
  return result;
}

/** @param steps those of the dimension that are finished */
async function saturationPointOf(
  run: Run,
  dimension: Dimension,
  steps: StepRecord[],
): Promise<SaturationPoint> {
  const { begun, progress, signal } = run;
  const startedAt = Date.now();
  let shown = 0;
  const heading = (repetition: number): string =>
    `${dimension.title}, search ${repetition} of ${begun.options.repetitions}`;
  return findSaturationPoint({
    dimension,
    search: searchOf(dimension, begun.options),
    steps,
    signal,
    open: () => openRunner(run, dimension),
    onNext: (load, repetition, left) => {
      if (repetition !== shown) progress.phase(heading(repetition));
      shown = repetition;
      progress.update({
        phase: heading(repetition),
        doneMs: Date.now() - startedAt,
        totalMs: Date.now() - startedAt + left.ms,
        waitingFor: `${loadText(load)} ${dimension.unit}`,
      });
    },
    onWait: (what) =>
      progress.update({ phase: 'waiting', doneMs: 0, totalMs: 0, waitingFor: what }),
    onStep: async (record) => {
      begun.steps.push(record);
      await begun.stepsFile.add(record);
      progress.line(stepLine(record, dimension));
    },
  });
}

/** Whether a dimension's load is made by k6, and can last beside a run of the whole stack. */
function isByK6(dimension: Dimension): boolean {
  return dimension.id.startsWith('requests') || eventsOf(dimension) !== undefined;
}

async function alertingAt(
  { spec, begun, programs, progress, signal }: Run,
  dimension: Dimension,
  at: AlertingLoad,
): Promise<AlertingUnderLoad> {
  const phase = `alerting at ${loadText(at.load)} ${dimension.unit}`;
  progress.phase(phase);
  return alertingUnder({
    spec,
    dimension,
    at,
    runDir: begun.runDir,
    programs,
    signal,
    onUpdate: (doneMs, totalMs, waitingFor) =>
      progress.update({ phase, doneMs, totalMs, waitingFor }),
  });
}
