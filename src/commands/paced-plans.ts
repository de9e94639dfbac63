import { InputError } from '../lib/errors.ts';
import { pacesFor, paceText } from '../machine/pace.ts';
import type { AskedPace, Pace } from '../machine/pace.ts';
import { measureStrain } from '../machine/strain.ts';
import type { Plan } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { makePlan } from '../plan/index.ts';
import type { Selection } from '../plan/selection.ts';
import { worldsOf } from '../plan/worlds.ts';

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
const QUIET = { cores: 2, freeCores: 2, latenessMs: 0 };

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
  const paces = pacesFor(strain, asked);
  for (const [i, pace] of paces.entries()) {
    try {
      const worlds = plansAt(spec, stackName, selection, pace);
      return { worlds, why: paceText({ ...pace, worlds: worlds.length }, strain, asked) };
    } catch (error) {
      // Where durations leave no room at a speed, a lower one may.
      if (!(error instanceof InputError) || i === paces.length - 1) throw error;
    }
  }
  throw new Error('there is always a slowest pace');
}

function plansAt(
  spec: Spec,
  stackName: string,
  selection: Selection,
  { speed, worlds }: Pace,
): [PlannedWorld, ...PlannedWorld[]] {
  return worldsOf(spec, selection, worlds, speed).map((share) => ({
    name: share.name,
    plan: makePlan(share.spec, stackName, speed, share.selection),
  })) as [PlannedWorld, ...PlannedWorld[]];
}
