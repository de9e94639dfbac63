import { cpus } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { alertingLoads } from '../../capacity/alerting-loads.ts';
import type { AlertingLoad } from '../../capacity/alerting-loads.ts';
import { dimensionsOf } from '../../capacity/dimensions/index.ts';
import { DEFAULT_ATTEMPTS } from '../../capacity/search.ts';
import type { SearchOptions } from '../../capacity/search.ts';
import { loadText } from '../../lib/amounts.ts';
import { messageOf } from '../../lib/errors.ts';
import { createProgress } from '../../lib/progress.ts';
import type { Progress } from '../../lib/progress.ts';
import type { AlertingUnderLoad, DimensionResult } from '../../model/capacity.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { Spec } from '../../model/spec.ts';
import { makePlan } from '../../plan/index.ts';
import { dimensionsText } from '../../report/capacity/dimensions.ts';
import { stepLine } from '../../report/capacity/step-line.ts';
import type { StepRunner } from '../../capacity-run/runner.ts';
import { openTarget } from '../../capacity-run/target.ts';
import { openWorld } from '../../capacity-run/world.ts';
import { checkHost, defaultCacheDir, ensureCache } from '../../programs/index.ts';
import type { Programs } from '../../programs/index.ts';
import { readSpec } from '../../spec/index.ts';
import { eventsOf } from '../../technologies/offered.ts';
import { removeLeftovers } from '../down.ts';
import type { Output } from '../output.ts';
import { PROJECT_DIR, runsDir } from '../paths.ts';
import { checkSpace } from '../space.ts';
import { alertingUnder } from './alerting.ts';
import { begin, chooseRun } from './begin.ts';
import type { Begun } from './begin.ts';
import { chosenDimensions } from './chosen.ts';
import { conclude, readBaseline } from './conclude.ts';
import { findSaturationPoint, resultOf, unfinished } from './find-saturation-point.ts';
import { permittedTarget } from './options.ts';
import type { CapacityOptions } from './options.ts';
import { checkSteps } from './steps-file.ts';

/** Whether a dimension's load is made by k6, and can last beside a run of the whole stack. */
const isByK6 = (dimension: Dimension): boolean =>
  dimension.id.startsWith('requests') || eventsOf(dimension) !== undefined;

interface Run {
  begun: Begun;
  spec: Spec;
  target: URL | undefined;
  programs: Programs;
  progress: Progress;
  signal: AbortSignal;
}

/**
 * Finds the highest load that holds, one dimension after the other, and what gave out first.
 * @returns the exit code: 0 all is held, 1 a need isn't met, alerting failed or it got worse, 2
 * couldn't judge
 */
export async function capacity(
  asked: CapacityOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const baseline = asked.baseline === undefined ? null : await readBaseline(asked.baseline);
  const chosen = await chooseRun(asked, resolve(asked.stack ?? join(PROJECT_DIR, 'stack')));
  const { options, stackDir } = chosen;
  const target =
    options.target === undefined ? undefined : permittedTarget(options.target, options.iMayLoad);
  const spec = await readSpec(stackDir);
  const dimensions = chosenDimensions(spec, options);
  await Promise.all([checkHost(), checkSpace(runsDir())]);
  await removeLeftovers();
  const begun = await begin(chosen);
  const { steps, stepsFile } = begun;
  checkSteps(steps, dimensions, stepsFile.path);
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  let programs: Programs;
  let looked: Looked;
  try {
    programs = await ensureCache({
      cacheDir: defaultCacheDir(),
      onProgress: (line) => progress.line(line),
      signal,
    });
    if (steps.length > 0)
      progress.line(`going on with ${begun.runId}: ${steps.length} steps are finished`);
    looked = await lookAtAll({ begun, spec, target, programs, progress, signal }, dimensions);
  } finally {
    progress.stop();
  }
  const { results, interruption } = looked;
  const { versions } = programs;
  const stackName = basename(stackDir);
  const exitCode = await conclude(
    { begun, spec, stackName, dimensions: results, baseline, versions, interruption },
    output,
  );
  if (interruption !== null)
    output.error(
      `${interruption}\nGo on where it ended: npm run capacity -- --resume ${begun.runId}`,
    );
  return exitCode;
}

/** What is known of the dimensions, and what ended the run before all of them were looked at. */
interface Looked {
  results: DimensionResult[];
  interruption: string | null;
}

/**
 * One dimension after the other, until one can't be looked at. What was measured is worth telling,
 * whatever ended it.
 * @throws what ended it where nothing was measured, unless somebody interrupted it
 */
async function lookAtAll(run: Run, dimensions: Dimension[]): Promise<Looked> {
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
  const { begun, progress, signal } = run;
  const steps = begun.steps.filter((step) => step.dimension === dimension.id);
  const startedAt = Date.now();
  let shown = 0;
  const heading = (repetition: number): string =>
    `${dimension.title}, search ${repetition} of ${begun.options.repetitions}`;
  const saturationPoint = await findSaturationPoint({
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
  const result = resultOf(dimension, steps, saturationPoint);
  if (begun.options.alerting && !run.target && isByK6(dimension)) {
    for (const at of alertingLoads(saturationPoint, steps, cpus().length))
      result.alerting.push(await alertingAt(run, dimension, at));
  }
  return result;
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

async function openRunner(
  { begun, spec, target, programs, progress, signal }: Run,
  dimension: Dimension,
): Promise<StepRunner> {
  if (target)
    return openTarget({ url: target, dimension, runDir: begun.runDir, k6: programs.k6, signal });
  // No alert is proved here; the dashboards' queries are what viewers ask.
  const panels = { wants: (name: string) => name.startsWith('panel/'), text: 'panels' };
  const plan = makePlan(spec, basename(begun.stackDir), dimension.speed, panels);
  return openWorld({
    plan,
    dimension,
    programs,
    signal,
    runDir: join(begun.runDir, 'worlds', dimension.id.replace('/', '-')),
    waitingFor: (what) =>
      progress.update({
        phase: `starting ${dimension.title}`,
        doneMs: 0,
        totalMs: 0,
        waitingFor: what,
      }),
  });
}

/** `--list`: which dimensions there are, where each begins, and what it has to keep. */
export async function listDimensions(options: CapacityOptions, output: Output): Promise<0> {
  const spec = await readSpec(resolve(options.stack ?? join(PROJECT_DIR, 'stack')));
  output.print(dimensionsText(dimensionsOf(spec), spec.contract.capacity));
  return 0;
}
