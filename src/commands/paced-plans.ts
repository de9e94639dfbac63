import { InputError } from '../lib/errors.ts';
import { pacesFor, paceText } from '../machine/pace.ts';
import type { AskedPace, Pace } from '../machine/pace.ts';
import { measureStrain } from '../machine/strain.ts';
import type { Plan } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { makePlan } from '../plan/index.ts';
import type { Selection } from '../plan/selection.ts';
import { inHalves, partOfStack } from '../plan/part-of-stack.ts';
import { worldsOf } from '../plan/worlds.ts';
import type { WorldShare } from '../plan/worlds.ts';

/** One world of a proof before it is run. */
export interface PlannedWorld {
  /** Its folder's name below the run's `worlds`; null: the run's own. */
  name: string | null;
  plan: Plan;
}

export interface PacedPlans {
  /** The run's own world first. */
  worlds: [PlannedWorld, ...PlannedWorld[]];
  /** How fast, and why, in words. */
  why: string;
}

/** A quiet machine's strain: what a plan is printed for, whatever the machine does just now. */
const QUIET = { cores: 2, freeCores: 2, quickness: 1, latenessMs: 0 };

/**
 * The plans of a proof, as fast and in as many worlds as the machine bears now, or as was asked
 * for.
 * @param isPrinted the plans are only printed: a quiet machine's
 * @throws InputError when an alert can't be proved at the speed that was asked for, or at any
 */
export async function pacedPlans(
  spec: Spec,
  stackName: string,
  selection: Selection,
  asked: AskedPace,
  isPrinted: boolean,
  signal: AbortSignal,
): Promise<PacedPlans> {
  const hasRightOfWay = asked.inContainers !== true;
  const strain = isPrinted ? QUIET : await measureStrain(signal, hasRightOfWay);
  // Containers are made for all of it.
  const part = asked.inContainers ? spec : partOfStack(spec, selection);
  const share = part.contract.jobs.length / spec.contract.jobs.length;
  const pace = { ...asked, share };
  const paces = pacesFor(strain, pace);
  for (const [i, one] of paces.entries()) {
    try {
      const worlds = plansOf(sharesAt(part, selection, one, share < 1), stackName, one);
      return { worlds, why: paceText({ ...one, worlds: worlds.length }, strain, pace) };
    } catch (error) {
      // Where durations leave no room at a speed, a lower one may.
      if (!(error instanceof InputError) || i === paces.length - 1) throw error;
    }
  }
  throw new Error('there is always a slowest pace');
}

/** What is proved in which world; halves of a life have room beside each other in a small part. */
function sharesAt(
  spec: Spec,
  selection: Selection,
  { speed, worlds }: Pace,
  isPart: boolean,
): WorldShare[] {
  const shares = worldsOf(spec, selection, worlds, speed);
  return isPart && worlds > 1 && shares.length === 1 ? inHalves(spec, selection) : shares;
}

function plansOf(
  shares: WorldShare[],
  stackName: string,
  { speed }: Pace,
): [PlannedWorld, ...PlannedWorld[]] {
  return shares.map(({ name, spec, selection }) => ({
    name,
    plan: makePlan(spec, stackName, speed, selection),
  })) as [PlannedWorld, ...PlannedWorld[]];
}
