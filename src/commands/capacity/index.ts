import { basename, join, resolve } from 'node:path';
import { createProgress } from '../../lib/progress.ts';
import { checkHost, defaultCacheDir, ensureCache } from '../../programs/index.ts';
import type { Programs } from '../../programs/index.ts';
import { readSpec } from '../../spec/index.ts';
import { removeLeftovers } from '../down.ts';
import type { Output } from '../output.ts';
import { PROJECT_DIR, runsDir } from '../paths.ts';
import { checkMountable, checkSpace } from '../space.ts';
import { begin, chooseRun } from './begin.ts';
import { chosenDimensions } from './chosen.ts';
import { conclude, readBaseline } from './conclude.ts';
import { lookAtAll } from './look-at.ts';
import type { Looked } from './look-at.ts';
import { permittedTarget } from './options.ts';
import type { CapacityOptions } from './options.ts';
import { checkSteps } from './steps-file.ts';

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
  if (target === undefined) checkMountable(chosen.runDir);
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
