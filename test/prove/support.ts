import type { ProofPlan } from '../../src/model/proof-plan.ts';
import { makeProofPlan } from '../../src/prove/plan/index.ts';
import { groupOrder, problemOf } from '../../src/solve/index.ts';
import type { Stack } from '../../src/stack/index.ts';
import { solutionOf } from '../solve/support.ts';
import type { PlannedAlert } from '../../src/prove/plan/alerts.ts';

const WITHIN_MS = 600_000;

/** The plan that proves what of a stack is solved. */
export function proofPlanOf(stack: Stack, speed: number): ProofPlan {
  const { recipes } = solutionOf(stack);
  return makeProofPlan(
    stack,
    { recipes, unsolved: [] },
    {
      stackName: 's',
      withinMs: WITHIN_MS,
      speed,
      groupOrder: groupOrder(problemOf(stack).rules),
    },
  ).plan;
}

/** Labels of the series that Prometheus has, or why there are none. */
export function placedOf({ placement }: PlannedAlert): Record<string, string>[] | string {
  return 'placed' in placement ? placement.placed.map(({ final }) => final) : placement.reason;
}
