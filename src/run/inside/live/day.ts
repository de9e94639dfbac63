import { COMPONENT } from '../../../lib/components.ts';
import { componentSignal, isLoad, jobMovedBy } from '../../../lib/plan-names.ts';
import { sleepFor } from '../../../lib/wait.ts';
import type { Plan } from '../../../model/plan.ts';
import { hourAt } from '../../../technologies/day.ts';
import { dayLevels } from '../../../technologies/registry.ts';
import type { RunEvent } from '../../events.ts';
import { startComponent, stopComponent } from '../stimuli/drive.ts';
import type { World } from '../world.ts';

const EVERY_MS = 500;

/** A stack that is kept up. */
export interface LiveStack {
  plan: Plan;
  world: World;
  t0: number;
  /** What somebody provokes now. */
  provoked: () => Plan['provocations'];
  signal: AbortSignal;
  emit: (event: RunEvent) => void;
}

/**
 * Sets every signal to the level of the hour, or to what is provoked, twice a second until the
 * signal.
 */
export async function liveDay(stack: LiveStack): Promise<void> {
  const { plan, t0, provoked, signal } = stack;
  const now: Record<string, number> = {};
  const tell = teller(stack);
  for (;;) {
    signal.throwIfAborted();
    const modelMs = Math.max(0, Date.now() - t0) * plan.speed;
    await setAll(stack, wantedAt(stack, modelMs), now);
    tell(
      modelMs,
      provoked().map((p) => p.name),
    );
    await sleepFor(EVERY_MS, signal);
  }
}

/** The level that each signal has to have: the hour's, or what is provoked. */
function wantedAt({ plan, provoked }: LiveStack, modelMs: number): Record<string, number> {
  return {
    ...dayLevels(modelMs),
    ...Object.fromEntries(plan.jobs.map((job) => [componentSignal(job.name), COMPONENT.running])),
    ...Object.fromEntries(provoked().map((p) => [p.signal, p.level])),
  };
}

/** @param now the levels that were set before; kept up to date */
async function setAll(
  { world, signal }: LiveStack,
  wanted: Record<string, number>,
  now: Record<string, number>,
): Promise<void> {
  const all = Object.entries(wanted);
  world.control.setLevels(Object.fromEntries(all.filter(([name]) => isLoad(name))));
  for (const [name, level] of all) {
    if (now[name] === level || isLoad(name)) continue;
    const job = jobMovedBy(name);
    if (job === undefined) await world.actors[name]?.set(level);
    else if (level === 0) await stopComponent(job, world);
    // Nothing has stopped a component that was never set: it runs.
    else if (level !== (now[name] ?? 1)) await startComponent(job, world, signal);
    now[name] = level;
  }
}

/** Says the hour, and what is provoked, whenever one of them is another. */
function teller({ emit }: LiveStack): (modelMs: number, provoked: string[]) => void {
  let told = ' ';
  return (modelMs, provoked) => {
    const hour = `${String(Math.floor(hourAt(modelMs))).padStart(2, '0')}:00`;
    const names = provoked.join(', ');
    const provoking = names === '' ? '' : `provoking ${names}`;
    if (!told.endsWith(` ${names}`))
      emit({ type: 'line', text: provoking || 'nothing is provoked' });
    if (`${hour} ${names}` !== told)
      emit({
        type: 'update',
        phase: `up; it is ${hour} there`,
        doneMs: 0,
        totalMs: 0,
        waitingFor: provoking,
      });
    told = `${hour} ${names}`;
  };
}
