import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError, messageOf } from '../lib/errors.ts';
import type { AskedPace } from '../machine/pace.ts';
import type { Spec } from '../model/spec.ts';
import { selectionOf } from '../plan/selection.ts';
import type { Selection } from '../plan/selection.ts';
import { inputErrorText } from '../report/input-errors.ts';
import { planText } from '../report/plan.ts';
import { executePlan } from '../run/index.ts';
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
import type { Runtime, RuntimeName } from './runtime.ts';
import { pacedPlans } from './paced-plans.ts';
import type { PacedPlans, PlannedWorld } from './paced-plans.ts';
import { withSpoiltAgain } from './again.ts';
import { longestOf, runWorld, runWorlds } from './run-worlds.ts';
import type { RunOfWorlds } from './run-worlds.ts';
import { watchRun } from './watch.ts';
import type { Watch } from './watch.ts';
import type { CheckResult } from '../model/check.ts';

/** The speed that containers were seen to bear on two cores. */
const CONTAINERS_AT_MOST = 60;

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
  let plans: PacedPlans;
  let spec: Spec;
  let selection: Selection;
  const wrongInput = (error: unknown): 2 => {
    if (!(error instanceof InputError)) throw error;
    output.error(inputErrorText(error.problems, stackDir, { color: output.color }));
    tellCiOfProblems(error.problems, stackDir, options.ci, output);
    return 2;
  };
  try {
    spec = await readSpec(stackDir);
    selection = selectionOf(spec, options.only ?? []);
    const asked = options.runtime === 'docker' ? inContainers(options.pace) : options.pace;
    plans = await pacedPlans(spec, basename(stackDir), selection, asked, options.plan, signal);
  } catch (error) {
    return wrongInput(error);
  }
  if (options.plan) {
    const look = { color: output.color, width: output.width };
    output.print(plans.worlds.map(({ plan }) => planText(plan, look)).join('\n\n'));
    return 0;
  }
  const watch = watchRun(longestOf(plans.worlds), output, options.verbose ?? false);
  try {
    const checking = checkBeside(stackDir, watch);
    await checkSpace(runsDir());
    await removeLeftovers();
    const choose = (name: RuntimeName | undefined): Promise<Runtime> =>
      chooseRuntime(
        name,
        spec,
        plans.worlds[0].plan,
        options.cacheDir ?? defaultCacheDir(),
        (line) => watch.line(line),
        signal,
      );
    let runtime = await choose(options.runtime);
    if (runtime.kind === 'docker' && options.runtime !== 'docker') {
      const asked = inContainers(options.pace);
      plans = await pacedPlans(spec, basename(stackDir), selection, asked, false, signal);
      // What is mounted into the containers is the plan's.
      runtime = await choose('docker');
    }
    watch.line(plans.why);
    const { runId, runDir } = await newRun({
      stackDir,
      speed: plans.worlds[0].plan.speed,
      runtime: runtime.kind,
    });
    const run: RunOfWorlds = {
      ...{ runId, runDir, watch },
      execute: executorOf(runtime, signal),
    };
    const first = await runWorlds(plans.worlds, run);
    const again = {
      ...{ spec, selection, signal, stackName: basename(stackDir), asked: options.pace },
      say: (line: string) => watch.line(line),
      execute: (world: PlannedWorld) => runWorld(world, { ...run, isWatched: true }),
    };
    // Containers are made for one plan alone.
    const recorded = runtime.kind === 'docker' ? first : await withSpoiltAgain(first, again);
    const checked = await checking;
    if (checked) await writeFile(join(runDir, FILES_CHECKED), JSON.stringify(checked));
    watch.stop();
    return await concludeRun(recorded, runDir, output, options.ci, {
      stackDir,
      verbose: options.verbose ?? false,
    });
  } catch (error) {
    watch.stop();
    return wrongInput(error);
  } finally {
    watch.stop();
  }
}

/**
 * What can be known without running anything is known in seconds, limits to the last digit too,
 * which no run can tell apart. The run proves the rest, and isn't held up by it.
 * @returns what is wrong in the stack's files; undefined when that can't be told, which is said
 */
async function checkBeside(stackDir: string, watch: Watch): Promise<CheckResult | undefined> {
  try {
    const checked = await checkFolder(stackDir);
    const findings = checked.findings.filter(({ level }) => level !== 'advice');
    const wrong = findings.length;
    if (wrong > 0)
      watch.line(
        `the stack's files: ${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong, whatever the run shows; told at the end`,
      );
    return { ...checked, findings, rules: [] };
  } catch (error) {
    watch.line(`the stack's files couldn't be checked beside the run: ${messageOf(error)}`);
    return undefined;
  }
}

/** A run's folder, with what was asked of it; by the process in it others know whether it lives. */
async function newRun(command: {
  stackDir: string;
  speed: number;
  runtime: RuntimeName;
}): Promise<{ runId: string; runDir: string }> {
  const runId = newRunId();
  const runDir = runDirOf(runId);
  await mkdir(runDir, { recursive: true });
  await writeFile(join(runDir, 'command.json'), JSON.stringify({ ...command, pid: process.pid }));
  return { runId, runDir };
}

/** Containers have no right of way, and share one world's names. */
function inContainers(pace: AskedPace): AskedPace {
  return { ...pace, worlds: 1, atMost: CONTAINERS_AT_MOST };
}

function executorOf(runtime: Runtime, signal: AbortSignal): RunOfWorlds['execute'] {
  return (plan, where) =>
    runtime.kind === 'docker'
      ? executeInContainers(plan, runtime.containers, { ...where, signal, ...runtime })
      : executePlan(plan, { ...where, signal, programs: runtime.programs });
}
