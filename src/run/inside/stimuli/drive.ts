import { COMPONENT } from '../../../lib/components.ts';
import { isLoad, jobMovedBy, stepOfName } from '../../../lib/plan-names.ts';
import { sleepUntil } from '../../../lib/wait.ts';
import type { TimelineEntry } from '../../../model/evidence.ts';
import type { Plan } from '../../../model/plan.ts';
import type { SignalStep } from '../../../model/track.ts';
import type { Outage } from '../../../technologies/actor.ts';
import type { World } from '../world.ts';

/** What the plan's signals act upon. */
type Driven = Pick<World, 'actors' | 'outages' | 'runtime'>;

/** Whoever drives the signals. */
interface Driver {
  t0: number;
  world: Driven;
  signal: AbortSignal;
  /** Told what was done, as soon as it is. */
  record: (entry: TimelineEntry) => void;
}

/**
 * Does what the plan says to the world (host, databases, components), each at its time. Signals are
 * driven side by side; a component that takes long to come back delays nothing else.
 * @param leaveOut signals that somebody else drives (Prometheus itself is stopped after the
 * evidence is saved)
 * @throws HarnessError when a component doesn't come back; the signal's reason when aborted
 */
export async function drive(plan: Plan, leaveOut: string[], driver: Driver): Promise<void> {
  const mine = Object.entries(plan.signals).filter(
    ([name]) => !isLoad(name) && !leaveOut.includes(name),
  );
  await Promise.all(mine.map(([name, steps]) => driveSignal(name, steps, driver)));
}

async function driveSignal(
  name: string,
  steps: SignalStep[],
  { t0, world, signal, record }: Driver,
): Promise<void> {
  for (const [i, step] of steps.entries()) {
    const plannedAt = t0 + step.atMs;
    await sleepUntil(plannedAt, signal);
    const before = Date.now();
    const stood = await apply(name, step, world, signal);
    // A stimulus takes effect when it is done; one that takes away, when it begins.
    const doneAt = Date.now();
    record({
      step: step.step,
      signal: name,
      level: step.level,
      plannedAt,
      at: step.level > 0 ? doneAt : before,
      doneAt,
      ...(isFreeze(name, steps[i - 1]) && !stood ? { wentOn: true } : {}),
    });
  }
}

/** Whether what runs behind a job stands still from this step on. */
function isFreeze(name: string, step: SignalStep | undefined): boolean {
  return jobMovedBy(name) !== undefined && step?.level === COMPONENT.frozen;
}

/** @returns false where something was to stand still until now, and went on already */
async function apply(
  name: string,
  step: SignalStep,
  world: Driven,
  signal: AbortSignal,
): Promise<boolean> {
  const job = jobMovedBy(name);
  if (job !== undefined) return setComponent(job, step, world, signal);
  const actor = world.actors[name];
  if (!actor) throw new Error(`nobody acts on the signal ${name}`);
  await actor.set(step.level);
  return true;
}

async function setComponent(
  job: string,
  step: SignalStep,
  world: Driven,
  signal: AbortSignal,
): Promise<boolean> {
  const { phase } = stepOfName(step.step);
  if (step.level === COMPONENT.stopped) await stopComponent(job, world);
  else if (step.level === COMPONENT.frozen) await world.runtime.freeze(job, signal);
  else if (phase === 'return') await startComponent(job, world, signal);
  else return world.runtime.thaw(job);
  return true;
}

/** Stops what runs behind a job. */
export async function stopComponent(job: string, world: Driven): Promise<void> {
  await (outageOf(job, world)?.stop() ?? world.runtime.stop(job));
}

/** Starts what was stopped, and brings it back to where its actors had it. */
export async function startComponent(
  job: string,
  world: Driven,
  signal: AbortSignal,
): Promise<void> {
  await (outageOf(job, world)?.start() ?? world.runtime.start(job, signal));
  await Promise.all(
    Object.values(world.actors)
      .filter((actor) => actor.job === job)
      .flatMap((actor) => actor.again?.() ?? []),
  );
}

function outageOf(job: string, { outages }: Driven): Outage | undefined {
  return outages.find((one) => one.job === job);
}
