import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { makePlan } from '../plan/index.ts';
import { selectionOf } from '../plan/selection.ts';
import { inputErrorText } from '../report/input-errors.ts';
import { planText } from '../report/plan.ts';
import { executePlan } from '../run/index.ts';
import type { RunEvent } from '../run/events.ts';
import { executeInContainers } from '../run/docker/index.ts';
import { defaultCacheDir } from '../programs/index.ts';
import { readSpec } from '../spec/index.ts';
import { tellCiOfProblems } from './ci.ts';
import type { CiOptions } from './ci-options.ts';
import { checkFolder } from './check.ts';
import { removeLeftovers } from './down.ts';
import { FILES_CHECKED, concludeRun } from './judge.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR, newRunId, runDirOf, runsDir } from './paths.ts';
import { checkSpace } from './space.ts';
import { chooseRuntime } from './runtime.ts';
import type { RuntimeName } from './runtime.ts';
import { watchRun } from './watch.ts';

export interface VerifyOptions {
  /** The stack's folder; GT-Vision's own by default. */
  stack?: string;
  speed: number;
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
  let plan: Plan;
  let spec: Spec;
  const wrongInput = (error: unknown): 2 => {
    if (!(error instanceof InputError)) throw error;
    output.error(inputErrorText(error.problems, stackDir, { color: output.color }));
    tellCiOfProblems(error.problems, stackDir, options.ci, output);
    return 2;
  };
  try {
    spec = await readSpec(stackDir);
    plan = makePlan(spec, basename(stackDir), options.speed, selectionOf(spec, options.only ?? []));
  } catch (error) {
    return wrongInput(error);
  }
  if (options.plan) {
    output.print(planText(plan, { color: output.color, width: output.width }));
    return 0;
  }
  const watch = watchRun(plan, output, options.verbose ?? false);
  try {
    // What can be known without running anything is known in a second. The run proves the rest, and isn't held up by it.
    const checked = await checkFolder(stackDir, { promises: false });
    const wrong = checked.findings.filter((finding) => finding.level !== 'advice');
    if (wrong.length > 0)
      watch.line(
        `the stack's files: ${wrong.length} ${wrong.length === 1 ? 'thing is' : 'things are'} wrong before anything is started; told at the end`,
      );
    await checkSpace(runsDir());
    await removeLeftovers();
    const runtime = await chooseRuntime(
      options.runtime,
      spec,
      plan,
      options.cacheDir ?? defaultCacheDir(),
      (line) => watch.line(line),
      signal,
    );
    const runId = newRunId();
    const runDir = runDirOf(runId);
    await mkdir(runDir, { recursive: true });
    await writeFile(
      join(runDir, 'command.json'),
      JSON.stringify({ stackDir, speed: options.speed, runtime: runtime.kind, pid: process.pid }),
    );
    await writeFile(
      join(runDir, FILES_CHECKED),
      JSON.stringify({ ...checked, findings: wrong, rules: [] }),
    );
    const run = { runId, runDir, signal, onEvent: (event: RunEvent) => watch.event(event) };
    const evidence =
      runtime.kind === 'docker'
        ? await executeInContainers(plan, runtime.containers, { ...run, ...runtime })
        : await executePlan(plan, { ...run, programs: runtime.programs });
    watch.stop();
    return await concludeRun(plan, evidence, runDir, output, options.ci, stackDir);
  } catch (error) {
    watch.stop();
    return wrongInput(error);
  } finally {
    watch.stop();
  }
}
