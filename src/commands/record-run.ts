import { basename } from 'node:path';
import type { AskedPace } from '../machine/pace.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Spec } from '../model/spec.ts';
import type { Selection } from '../plan/selection.ts';
import { defaultCacheDir } from '../programs/index.ts';
import { executeInContainers } from '../run/docker/index.ts';
import { executePlan } from '../run/index.ts';
import { withSpoiltAgain } from './again.ts';
import { checkedBeside } from './check-beside.ts';
import { removeLeftovers } from './down.ts';
import { keepFilesChecked } from './files-checked.ts';
import { keptIn } from './kept-in.ts';
import { newRun } from './new-run.ts';
import { pacedPlans } from './paced-plans.ts';
import type { PacedPlans, PlannedWorld } from './paced-plans.ts';
import { runsDir } from './paths.ts';
import { runWorld, runWorlds } from './run-worlds.ts';
import type { RunOfWorlds } from './run-worlds.ts';
import { chooseRuntime } from './runtime.ts';
import type { Runtime, RuntimeName } from './runtime.ts';
import { checkSpace } from './space.ts';
import type { Watch } from './watch.ts';
import { noteWorld } from './world-names.ts';

/** The speed that containers were seen to bear on two cores. */
const CONTAINERS_AT_MOST = 60;

/** What is to be proved of a stack, and how. */
export interface PlannedRun {
  /** Absolute. */
  stackDir: string;
  spec: Spec;
  selection: Selection;
  /** As it was asked for: a speed that was named is kept. */
  pace: AskedPace;
  plans: PacedPlans;
}

/** Where a run takes place. */
export interface RunPlace {
  /** Undefined: docker where it can be, else native. */
  runtime: RuntimeName | undefined;
  cacheDir: string | undefined;
  watch: Watch;
  signal: AbortSignal;
}

/** What was recorded, the run's own world first, and the folder that keeps it. */
export interface RecordedRun {
  worlds: [RecordedWorld, ...RecordedWorld[]];
  /** Absolute. */
  runDir: string;
}

/**
 * Runs what is planned, in the runtime that can be had, does again what the machine spoilt, and
 * keeps beside it what is wrong in the stack's files.
 * @throws HarnessError or InputError when it can't be run; the signal's reason when aborted
 */
export async function recordRun(planned: PlannedRun, where: RunPlace): Promise<RecordedRun> {
  const { result: recorded, files } = await checkedBeside(planned.stackDir, where.watch, (watch) =>
    recordWorlds(planned, { ...where, watch }),
  );
  await keepFilesChecked(recorded.runDir, files);
  return recorded;
}

async function recordWorlds(planned: PlannedRun, where: RunPlace): Promise<RecordedRun> {
  const { watch, signal } = where;
  await checkSpace(runsDir());
  await removeLeftovers();
  const { runtime, plans } = await readyRuntime(planned, where);
  watch.line(plans.why);
  const { runId, runDir } = await newRun({
    stackDir: planned.stackDir,
    speed: plans.worlds[0].plan.speed,
    runtime: runtime.kind,
    worlds: plans.worlds.flatMap(({ name }) => name ?? []),
  });
  const run: RunOfWorlds = { runId, runDir, watch, signal, execute: executorOf(runtime) };
  return keptIn(runDir, signal, async () => {
    const first = await runWorlds(plans.worlds, run);
    // Containers are made for one plan alone.
    const worlds = runtime.kind === 'docker' ? first : await doneAgain(first, planned, run, signal);
    return { worlds, runDir };
  });
}

/**
 * The runtime, and the plans for it: what turns out to run in containers is planned once more, as
 * fast as they bear.
 */
async function readyRuntime(
  { stackDir, spec, selection, pace, plans }: PlannedRun,
  { runtime: asked, cacheDir = defaultCacheDir(), watch, signal }: RunPlace,
): Promise<{ runtime: Runtime; plans: PacedPlans }> {
  const choose = (name: RuntimeName | undefined, { worlds }: PacedPlans): Promise<Runtime> =>
    chooseRuntime(name, spec, worlds[0].plan, cacheDir, (line) => watch.line(line), signal);
  const runtime = await choose(asked, plans);
  if (runtime.kind !== 'docker' || asked === 'docker') return { runtime, plans };
  const slower = inContainers(pace);
  const anew = await pacedPlans(spec, basename(stackDir), selection, slower, false, signal);
  // What is mounted into the containers is the plan's.
  return { runtime: await choose('docker', anew), plans: anew };
}

function doneAgain(
  first: RecordedRun['worlds'],
  { stackDir, spec, selection, pace }: PlannedRun,
  run: RunOfWorlds,
  signal: AbortSignal,
): Promise<RecordedRun['worlds']> {
  return withSpoiltAgain(first, {
    spec,
    selection,
    signal,
    stackName: basename(stackDir),
    asked: pace,
    say: (line) => run.watch.line(line),
    execute: async (world: PlannedWorld) => {
      if (world.name !== null) await noteWorld(run.runDir, world.name);
      return runWorld(world, { ...run, isWatched: true });
    },
  });
}

/** Containers have no right of way, and share one world's names. */
export function inContainers(pace: AskedPace): AskedPace {
  return { ...pace, worlds: 1, atMost: CONTAINERS_AT_MOST, inContainers: true };
}

function executorOf(runtime: Runtime): RunOfWorlds['execute'] {
  return (plan, where) =>
    runtime.kind === 'docker'
      ? executeInContainers(plan, runtime.containers, { ...where, ...runtime })
      : executePlan(plan, { ...where, programs: runtime.programs });
}
