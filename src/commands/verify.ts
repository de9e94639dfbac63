import { basename, join, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { AskedPace } from '../machine/pace.ts';
import { selectionOf } from '../plan/selection.ts';
import { inputErrorText } from '../report/input-errors.ts';
import { planText } from '../report/plan/index.ts';
import { slowWatchdog } from '../report/plan/slow-watchdog.ts';
import { readSpec } from '../spec/index.ts';
import { tellCiOfProblems } from './ci.ts';
import type { CiOptions } from './ci-options.ts';
import { concludeRun } from './judge.ts';
import type { Output } from './output.ts';
import { pacedPlans } from './paced-plans.ts';
import type { PacedPlans } from './paced-plans.ts';
import { PROJECT_DIR } from './paths.ts';
import { inContainers, recordRun } from './record-run.ts';
import type { PlannedRun } from './record-run.ts';
import { longestOf } from './run-worlds.ts';
import type { RuntimeName } from './runtime.ts';
import { watchRun } from './watch.ts';

export interface VerifyOptions {
  /** The stack's folder; this project's own by default. */
  stack?: string;
  /** How fast and in how many worlds; what isn't named is chosen by what the machine bears. */
  pace: AskedPace;
  /** Where the stack runs; by default docker where it can be, else native. */
  runtime?: RuntimeName;
  /** What is to be proved, as `alert/HighErrorRate` or `dashboards`; everything by default. */
  only?: string[];
  /** A line for everything that is done to the world. */
  verbose?: boolean;
  /** Print the plan and start nothing. */
  plan: boolean;
  cacheDir?: string;
  ci: CiOptions;
}

/**
 * Brings the stack up, does everything the plan says, and judges what was recorded.
 * @returns the exit code: 0 all proven, 1 something failed, 2 couldn't judge
 */
export async function verify(
  options: VerifyOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1 | 2> {
  const stackDir = resolve(options.stack ?? join(PROJECT_DIR, 'stack'));
  const wrongInput = (error: unknown): 2 => {
    if (!(error instanceof InputError)) throw error;
    output.error(inputErrorText(error.problems, stackDir, { color: output.color }));
    tellCiOfProblems(error.problems, stackDir, options.ci, output);
    return 2;
  };
  let planned: PlannedRun;
  try {
    planned = await plannedRun(options, stackDir, signal);
  } catch (error) {
    return wrongInput(error);
  }
  if (options.plan) return printPlans(planned.plans, output);
  const { runtime, cacheDir, verbose = false } = options;
  for (const { plan } of planned.plans.worlds) {
    const slow = slowWatchdog(plan);
    if (slow !== undefined && !output.quiet) output.error(slow);
  }
  const watch = watchRun(longestOf(planned.plans.worlds), output, verbose);
  try {
    const { worlds, runDir } = await recordRun(planned, { runtime, cacheDir, watch, signal });
    watch.stop();
    return await concludeRun(worlds, runDir, output, options.ci, { stackDir, verbose });
  } catch (error) {
    watch.stop();
    return wrongInput(error);
  } finally {
    watch.stop();
  }
}

/** @throws InputError when the stack, the selection or the speed doesn't make a plan */
async function plannedRun(
  options: VerifyOptions,
  stackDir: string,
  signal: AbortSignal,
): Promise<PlannedRun> {
  const spec = await readSpec(stackDir);
  const selection = selectionOf(spec, options.only ?? []);
  const pace = options.runtime === 'docker' ? inContainers(options.pace) : options.pace;
  const name = basename(stackDir);
  const plans = await pacedPlans(spec, name, selection, pace, options.plan, signal);
  return { stackDir, spec, selection, pace: options.pace, plans };
}

function printPlans({ worlds }: PacedPlans, output: Output): 0 {
  const look = { color: output.color, width: output.width };
  output.print(worlds.map(({ plan }) => planText(plan, look)).join('\n\n'));
  return 0;
}
