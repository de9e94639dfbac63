import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messageOf } from '../lib/errors.ts';
import type { AskedPace } from '../machine/pace.ts';
import type { CheckResult } from '../model/check.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { Spec } from '../model/spec.ts';
import type { Selection } from '../plan/selection.ts';
import { defaultCacheDir } from '../programs/index.ts';
import { executeInContainers } from '../run/docker/index.ts';
import { executePlan } from '../run/index.ts';
import { withSpoiltAgain } from './again.ts';
import { checkFolder } from './check.ts';
import { removeLeftovers } from './down.ts';
import { FILES_CHECKED } from './judge.ts';
import { pacedPlans } from './paced-plans.ts';
import type { PacedPlans, PlannedWorld } from './paced-plans.ts';
import { newRunId, runDirOf, runsDir } from './paths.ts';
import { runWorld, runWorlds } from './run-worlds.ts';
import type { RunOfWorlds } from './run-worlds.ts';
import { chooseRuntime } from './runtime.ts';
import type { Runtime, RuntimeName } from './runtime.ts';
import { checkSpace } from './space.ts';
import type { Watch } from './watch.ts';

/** The speed that containers were seen to bear on two cores. */
const CONTAINERS_AT_MOST = 60;

/** What is to be proved of a stack, and how. */
export interface Proof {
  /** Absolute. */
  stackDir: string;
  spec: Spec;
  selection: Selection;
  /** As it was asked for: a speed that was named is kept. */
  pace: AskedPace;
  plans: PacedPlans;
}

/** Where a proof is run. */
export interface ProofRun {
  /** Undefined: docker where it can be, else native. */
  runtime: RuntimeName | undefined;
  cacheDir: string | undefined;
  watch: Watch;
  signal: AbortSignal;
}

/** What was recorded, the run's own world first, and the folder that keeps it. */
export interface RecordedProof {
  worlds: [RecordedWorld, ...RecordedWorld[]];
  /** Absolute. */
  runDir: string;
}

/**
 * Runs what is planned, in the runtime that can be had, does again what the machine spoilt, and
 * keeps beside it what is wrong in the stack's files.
 * @throws HarnessError or InputError when it can't be run; the signal's reason when aborted
 */
export async function runProof(proof: Proof, where: ProofRun): Promise<RecordedProof> {
  const { watch } = where;
  const stop = new AbortController();
  let checking: Promise<CheckResult | undefined> | undefined;
  const check = (): typeof checking =>
    (checking ??= checkBeside(proof.stackDir, watch, stop.signal));
  try {
    const recorded = await recordedProof(proof, {
      ...where,
      watch: whenUnderWay(watch, () => void check()),
    });
    const checked = await check();
    if (checked) await writeFile(join(recorded.runDir, FILES_CHECKED), JSON.stringify(checked));
    return recorded;
  } finally {
    // A run that couldn't be begun leaves no promtool behind, nor its files.
    stop.abort();
    await checking;
  }
}

async function recordedProof(proof: Proof, where: ProofRun): Promise<RecordedProof> {
  const { watch, signal } = where;
  await checkSpace(runsDir());
  await removeLeftovers();
  const { runtime, plans } = await readyRuntime(proof, where);
  watch.line(plans.why);
  const { runId, runDir } = await newRun({
    stackDir: proof.stackDir,
    speed: plans.worlds[0].plan.speed,
    runtime: runtime.kind,
  });
  const run: RunOfWorlds = { runId, runDir, watch, execute: executorOf(runtime, signal) };
  const first = await runWorlds(plans.worlds, run);
  // Containers are made for one plan alone.
  const worlds = runtime.kind === 'docker' ? first : await doneAgain(first, proof, run, signal);
  return { worlds, runDir };
}

/**
 * The runtime, and the plans for it: what turns out to run in containers is planned once more, as
 * fast as they bear.
 */
async function readyRuntime(
  { stackDir, spec, selection, pace, plans }: Proof,
  { runtime: asked, cacheDir = defaultCacheDir(), watch, signal }: ProofRun,
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
  first: RecordedProof['worlds'],
  { stackDir, spec, selection, pace }: Proof,
  run: RunOfWorlds,
  signal: AbortSignal,
): Promise<RecordedProof['worlds']> {
  return withSpoiltAgain(first, {
    spec,
    selection,
    signal,
    stackName: basename(stackDir),
    asked: pace,
    say: (line) => run.watch.line(line),
    execute: (world: PlannedWorld) => runWorld(world, { ...run, isWatched: true }),
  });
}

/**
 * Acts at the first word of a run: what is done beside it would else keep waiting what it begins
 * with.
 */
function whenUnderWay(watch: Watch, act: () => void): Watch {
  return {
    ...watch,
    event: (event) => {
      act();
      watch.event(event);
    },
  };
}

/**
 * What can be known without running anything is known in seconds, limits to the last digit too,
 * which no run can tell apart. The run proves the rest, and isn't held up by it.
 * @returns what is wrong in the stack's files; undefined when that can't be told, which is said
 */
async function checkBeside(
  stackDir: string,
  watch: Watch,
  signal: AbortSignal,
): Promise<CheckResult | undefined> {
  try {
    const checked = await checkFolder(stackDir, { signal });
    const findings = checked.findings.filter(({ level }) => level !== 'advice');
    const wrong = findings.length;
    if (wrong > 0)
      watch.line(
        `the stack's files: ${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong, told at ` +
          'the end',
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
export function inContainers(pace: AskedPace): AskedPace {
  return { ...pace, worlds: 1, atMost: CONTAINERS_AT_MOST, inContainers: true };
}

function executorOf(runtime: Runtime, signal: AbortSignal): RunOfWorlds['execute'] {
  return (plan, where) =>
    runtime.kind === 'docker'
      ? executeInContainers(plan, runtime.containers, { ...where, signal, ...runtime })
      : executePlan(plan, { ...where, signal, programs: runtime.programs });
}
