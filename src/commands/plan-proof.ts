import { worldStates } from '../engine/world.ts';
import { formatDuration } from '../lib/duration.ts';
import type { ProofPlan } from '../model/proof-plan.ts';
import type { Solution } from '../model/recipe.ts';
import type { VirtualOutcome, VirtualWorld } from '../model/virtual-world.ts';
import { leftOut, learnt, NO_COMPANY } from '../prove/plan/company.ts';
import type { Company, Left } from '../prove/plan/company.ts';
import { makeProofPlan } from '../prove/plan/index.ts';
import type { ProofPlanOptions } from '../prove/plan/index.ts';
import { groupOrder, problemOf } from '../solve/index.ts';
import type { Stack } from '../stack/index.ts';

/** One to see who is disturbed, one to see who still is alone, one for what is left. */
const MOST_ROUNDS = 3;
/** Long enough for any alert's life in the stack's own time. */
const ANY_TIME_MS = Number.MAX_SAFE_INTEGER;

type Options = Omit<ProofPlanOptions, 'company' | 'groupOrder'>;
/** By how much of their interval scrapes come later than changes: nobody knows when they are. */
const LATENESSES = [0, 1 / 2];

/** Lets a world happen, scrapes so much later than its changes. */
type Happening = (world: VirtualWorld, late: number) => Promise<VirtualOutcome>;

/**
 * Plans a proof, and lets its whole world happen in virtual time before it is done live: twice, for
 * nobody knows when within its interval a scrape is. Alerts that others disturb are kept apart; who
 * isn't itself even then is looked at in a world without others.
 * @returns the plan, and all states that virtual time gives it
 * @throws HarnessError when promtool can't run it
 */
export async function planProof(
  stack: Stack,
  solution: Solution,
  promtool: string,
  signal: AbortSignal,
  given: Options,
): Promise<{ plan: ProofPlan; outcomes: VirtualOutcome[] }> {
  const options = { ...given, groupOrder: groupOrder(problemOf(stack).rules) };
  const happens: Happening = (world, late) => worldStates(promtool, world, late, signal);
  let company = NO_COMPANY;
  const outcomes: VirtualOutcome[] = [];
  for (let round = 1; ; round++) {
    const { plan, world } = makeProofPlan(stack, solution, { ...options, company });
    outcomes.length = 0;
    let next: ReturnType<typeof learnt>;
    // Where the first shows who is disturbed already, the second is asked about another plan.
    for (const late of LATENESSES) {
      outcomes.push(await happens(world, late));
      next = learnt(plan, outcomes, company);
      if (next && round < MOST_ROUNDS) break;
    }
    if (!next || round === MOST_ROUNDS) return { plan, outcomes };
    const never = new Map<number, Left>(company.never);
    for (const number of next.again)
      never.set(number, await lookedAtAlone(stack, solution, number, options, { world, happens }));
    company = { alone: next.alone, never } satisfies Company;
  }
}

/** What becomes of an alert, by a world in the stack's own time that has no other. */
async function lookedAtAlone(
  stack: Stack,
  { recipes }: Solution,
  number: number,
  options: ProofPlanOptions,
  { world: whole, happens }: { world: VirtualWorld; happens: Happening },
): Promise<Left> {
  const own = recipes.filter(({ alert }) => alert.index === number);
  const { plan, world, whyNever } = makeProofPlan(
    stack,
    { recipes: own, unsolved: [] },
    { ...options, speed: 1, withinMs: ANY_TIME_MS },
  );
  const outcomes: VirtualOutcome[] = [];
  for (const late of LATENESSES) outcomes.push(await happens(world, late));
  return leftOut(plan, outcomes, whyNotBeside(world, whole), whyNever(number));
}

/** Why an alert that is itself in a world of its own isn't in that of all. */
function whyNotBeside(own: VirtualWorld, whole: VirtualWorld): string {
  const isCoarse = whole.gridMs === whole.scrapeMs && own.scrapeMs < whole.scrapeMs;
  return isCoarse
    ? `it is itself where it is scraped every ${formatDuration(own.scrapeMs)}, and beside the ` +
        `others virtual time scrapes all every ${formatDuration(whole.scrapeMs)}`
    : 'series of other alerts come into its expression';
}
