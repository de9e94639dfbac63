import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { RunEvent } from '../run/events.ts';
import type { PlannedWorld } from './paced-plans.ts';
import { WORLDS } from './world-names.ts';
import type { Watch } from './watch.ts';

/** Where one world runs. */
export interface WorldRun {
  runId: string;
  /** Absolute. */
  runDir: string;
  onEvent: (event: RunEvent) => void;
  /** Ends it. */
  signal: AbortSignal;
}

/** What the worlds of a run have in common. */
export interface RunOfWorlds {
  runId: string;
  /** Absolute. */
  runDir: string;
  watch: Watch;
  signal: AbortSignal;
  execute: (plan: Plan, where: WorldRun) => Promise<Evidence>;
}

/** The world that a person watches: the one that takes longest. */
export function longestOf([first, ...others]: [PlannedWorld, ...PlannedWorld[]]): Plan {
  return others.reduce(
    (longest, { plan }) => (plan.lengthMs > longest.lengthMs ? plan : longest),
    first.plan,
  );
}

/**
 * Runs all worlds side by side, each in a folder of its own: the first in the run's, the others
 * below it. One that ends early, with evidence, leaves the others alone.
 * @throws why the first one couldn't be run, when the others have ended too and tidied up: nothing
 * could be judged without it
 */
export async function runWorlds(
  worlds: [PlannedWorld, ...PlannedWorld[]],
  run: RunOfWorlds,
): Promise<[RecordedWorld, ...RecordedWorld[]]> {
  const watched = longestOf(worlds);
  const failed = new AbortController();
  const signal = AbortSignal.any([run.signal, failed.signal]);
  const runs = worlds.map((world) =>
    runWorld(world, { ...run, signal, isWatched: world.plan === watched }),
  );
  for (const one of runs) one.catch((error: unknown) => failed.abort(error));
  await Promise.allSettled(runs);
  if (failed.signal.aborted) throw failed.signal.reason;
  return (await Promise.all(runs)) as [RecordedWorld, ...RecordedWorld[]];
}

/** Runs one world, in its folder. */
export async function runWorld(
  { name, plan }: PlannedWorld,
  { runId, runDir, watch, signal, isWatched, execute }: RunOfWorlds & { isWatched: boolean },
): Promise<RecordedWorld> {
  const dir = name === null ? runDir : join(runDir, WORLDS, name);
  await mkdir(dir, { recursive: true });
  const evidence = await execute(plan, {
    runId: name === null ? runId : `${runId}-${name}`,
    runDir: dir,
    signal,
    onEvent: (event) => {
      if (isWatched || event.type === 'line' || event.type === 'step') watch.event(event);
    },
  });
  return { plan, evidence };
}
