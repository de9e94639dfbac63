import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { RecordedWorld } from '../model/recorded-world.ts';
import type { RunEvent } from '../run/events.ts';
import type { PlannedWorld } from './paced-plans.ts';
import { WORLDS } from './stored-run.ts';
import type { Watch } from './watch.ts';

/** Where one world runs. */
export interface WorldRun {
  runId: string;
  /** Absolute. */
  runDir: string;
  onEvent: (event: RunEvent) => void;
}

/** The world that a person watches: the one that takes longest. */
export function longestOf([first, ...others]: [PlannedWorld, ...PlannedWorld[]]): Plan {
  return others.reduce(
    (longest, { plan }) => (plan.lengthMs > longest.lengthMs ? plan : longest),
    first.plan,
  );
}

/**
 * Runs all worlds side by side, each in a folder of its own: the first in the run's, the others below it.
 * One that ends early leaves the others alone.
 */
export async function runWorlds(
  worlds: [PlannedWorld, ...PlannedWorld[]],
  { runId, runDir, watch }: { runId: string; runDir: string; watch: Watch },
  execute: (plan: Plan, where: WorldRun) => Promise<Evidence>,
): Promise<[RecordedWorld, ...RecordedWorld[]]> {
  const watched = longestOf(worlds);
  const runs = worlds.map(async ({ name, plan }) => {
    const dir = name === null ? runDir : join(runDir, WORLDS, name);
    await mkdir(dir, { recursive: true });
    const evidence = await execute(plan, {
      runId: name === null ? runId : `${runId}-${name}`,
      runDir: dir,
      onEvent: (event) => {
        if (plan === watched || event.type === 'line' || event.type === 'step') watch.event(event);
      },
    });
    return { plan, evidence };
  });
  return (await Promise.all(runs)) as [RecordedWorld, ...RecordedWorld[]];
}
