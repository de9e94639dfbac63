import { worldStates } from '../engine/world.ts';
import type { ProofPlan } from '../model/proof-plan.ts';
import type { Solution } from '../model/recipe.ts';
import type { VirtualOutcome } from '../model/virtual-world.ts';
import { learnt, NO_COMPANY } from '../prove/plan/company.ts';
import type { Company } from '../prove/plan/company.ts';
import { makeProofPlan } from '../prove/plan/index.ts';
import type { ProofPlanOptions } from '../prove/plan/index.ts';
import { groupOrder, problemOf } from '../solve/index.ts';
import type { Stack } from '../stack/index.ts';

/** One to see who is disturbed, one to see who still is alone, one for what is left. */
const MOST_ROUNDS = 3;

/**
 * Plans a proof, and lets its whole world happen in virtual time before it is done live: twice, for
 * nobody knows when within its interval a scrape is. Alerts that others disturb are kept apart.
 * @returns the plan, and all states that virtual time gives it
 * @throws HarnessError when promtool can't run it
 */
export async function planProof(
  stack: Stack,
  solution: Solution,
  promtool: string,
  signal: AbortSignal,
  options: Omit<ProofPlanOptions, 'company' | 'groupOrder'>,
): Promise<{ plan: ProofPlan; outcomes: VirtualOutcome[] }> {
  const order = groupOrder(problemOf(stack).rules);
  let company = NO_COMPANY;
  const outcomes: VirtualOutcome[] = [];
  for (let round = 1; ; round++) {
    const { plan, world } = makeProofPlan(stack, solution, {
      ...options,
      groupOrder: order,
      company,
    });
    outcomes.length = 0;
    let next: Company | undefined;
    // Where the first shows who is disturbed already, the second is asked about another plan.
    for (const lateMs of [0, world.scrapeMs / 2]) {
      outcomes.push(await worldStates(promtool, world, lateMs, signal));
      next = learnt(plan, outcomes, company);
      if (next && round < MOST_ROUNDS) break;
    }
    if (!next || round === MOST_ROUNDS) return { plan, outcomes };
    company = next;
  }
}
