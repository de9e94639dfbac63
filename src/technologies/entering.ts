import type { Disposal } from '../lib/disposal.ts';
import { within } from '../lib/wait.ts';
import type { Logins } from '../model/containers.ts';
import type { Plan } from '../model/plan.ts';
import type { Actor, Outage } from './actor.ts';
import { idleLevelOf } from './registry.ts';
import { RUNNING_TECHNOLOGIES } from './run-registry.ts';
import type { Acting, Place, RunningTechnology } from './running.ts';
import type { Truth } from './truth.ts';

/** Clients find their servers within this, and bring them to where a run begins, ms. */
const ENTERED_MS = 45_000;

/**
 * Who acts on the world, by the signal that each follows, what is known from outside of the stack,
 * and who stops what.
 */
export interface Actors {
  actors: Record<string, Actor>;
  truths: Truth[];
  outages: Outage[];
}

/** Where the actors act. */
export interface Stage extends Place {
  /** What each signal begins with; else it is at rest. */
  signals: Plan['signals'];
  logins: Logins;
  inContainers: boolean;
  disposal: Disposal;
}

/**
 * Lets the technologies of the plan's jobs bring their actors, each at the first level of its
 * signal.
 * @param when before the components start, or when all of them answer
 */
export async function enter(
  stage: Stage,
  when: 'before' | 'acting',
  signal: AbortSignal,
): Promise<Actors> {
  const entered = await Promise.all(
    RUNNING_TECHNOLOGIES.map(async (technology): Promise<Acting> => {
      const jobs = jobsOf(technology, stage.plan);
      const act = jobs.length > 0 ? technology[when] : undefined;
      if (!act) return {};
      const who = jobs.map(({ name }) => name).join(', ');
      return within(
        Promise.resolve(act({ ...stage, jobs })),
        ENTERED_MS,
        `who acts on ${who}`,
        signal,
      );
    }),
  );
  const actors = Object.assign({}, ...entered.map((one) => one.actors ?? {})) as Actors['actors'];
  await Promise.all(
    Object.entries(actors).map(([name, actor]) => {
      const level = stage.signals[name]?.[0]?.level ?? idleLevelOf(name);
      return within(Promise.resolve(actor.set(level)), ENTERED_MS, `who moves ${name}`, signal);
    }),
  );
  return {
    actors,
    truths: [
      ...Object.values(actors).flatMap((actor) => actor.truths),
      ...entered.flatMap((one) => one.truths ?? []),
    ],
    outages: entered.flatMap((one) => one.outages ?? []),
  };
}

function jobsOf({ processes }: RunningTechnology, plan: Place['plan']): Plan['jobs'] {
  return plan.jobs.filter(({ component }) => processes[component]);
}
