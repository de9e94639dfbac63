import { setImmediate } from 'node:timers/promises';
import { runCases } from '../engine/confirm.ts';
import type { Case } from '../engine/confirm.ts';
import { testGroups } from '../engine/test-file.ts';
import type { Recipe, Solution, Unsolved } from '../model/recipe.ts';
import { joinedPins, recordedBy, solveRule } from '../solve/index.ts';
import type { Problem, SolveRule } from '../solve/index.ts';
import { confirmNever } from './confirm-never.ts';
import { seenInstead } from './seen-instead.ts';
import { caseOf } from './rule-text.ts';

/** So many alerts are confirmed by one process of promtool. */
const AT_ONCE = 20;
/**
 * As many as keep the cores busy while one starts and another writes; more wait only for each
 * other.
 */
const PROCESSES = 4;

interface Solved {
  rule: SolveRule;
  recipe: Recipe;
}

/**
 * Solves every alert of a problem and has promtool confirm each: only what it confirms counts.
 * @param told called with how many alerts are done, whenever it are more
 */
export async function solveStack(
  problem: Problem,
  promtool: string,
  signal: AbortSignal,
  told: (done: number, of: number) => void,
): Promise<Solution> {
  const recorded = recordedBy(problem.rules);
  const alerts = problem.rules.filter((rule) => rule.kind === 'alert');
  const unsolved: Unsolved[] = [];
  const running = new Set<Promise<void>>();
  const recipes: Recipe[] = [];
  let waiting: Solved[] = [];
  let done = 0;
  const confirmWaiting = (): void => {
    const batch = waiting;
    waiting = [];
    const job = confirmed(batch, recorded, promtool, signal).then((result) => {
      recipes.push(...result.recipes);
      unsolved.push(...result.unsolved);
      done += batch.length;
      told(done, alerts.length);
      running.delete(job);
    });
    running.add(job);
  };
  for (const rule of alerts) {
    signal.throwIfAborted();
    const result = solveRule(rule, problem, recorded);
    if ('pairs' in result) waiting.push({ rule, recipe: result });
    else {
      unsolved.push(result);
      done++;
    }
    if (waiting.length >= AT_ONCE) confirmWaiting();
    if (running.size >= PROCESSES) await Promise.race(running);
    // So that a signal to stop, and what the processes have written, are seen.
    await setImmediate();
  }
  if (waiting.length > 0) confirmWaiting();
  // What is confirmed meanwhile is added behind what can never fire, which is all here by now.
  const never = confirmNever(unsolved, problem.rules, recorded, promtool, signal);
  await Promise.all([never, ...running]);
  const byIndex = (a: Recipe | Unsolved, b: Recipe | Unsolved): number =>
    a.alert.index - b.alert.index;
  return { recipes: recipes.sort(byIndex), unsolved: unsolved.sort(byIndex) };
}

/**
 * What promtool confirms of these; of an alert with a pair that it doesn't, the pairs that it does.
 */
async function confirmed(
  batch: readonly Solved[],
  recorded: ReturnType<typeof recordedBy>,
  promtool: string,
  signal: AbortSignal,
): Promise<Solution> {
  const solution: Solution = { recipes: [], unsolved: [] };
  const cases = batch.map(({ rule, recipe }) => recipeCase(rule, recipe, recorded));
  const verdicts = await runCases(promtool, cases, signal);
  for (const [i, solved] of batch.entries()) {
    const verdict = verdicts[i];
    if (verdict?.passed) {
      solution.recipes.push(solved.recipe);
      continue;
    }
    const rest = await confirmedPairs(solved, recorded, promtool, signal);
    if (rest) solution.recipes.push(rest);
    else
      solution.unsolved.push({
        alert: solved.recipe.alert,
        kind: 'not-understood',
        reason: `promtool sees it otherwise: ${seenInstead(verdict)}`,
        construct: 'something that the engine evaluates otherwise',
      });
  }
  return solution;
}

async function confirmedPairs(
  { rule, recipe }: Solved,
  recorded: ReturnType<typeof recordedBy>,
  promtool: string,
  signal: AbortSignal,
): Promise<Recipe | undefined> {
  if (recipe.pairs.length < 2) return undefined;
  const each = recipe.pairs.map((pair): Recipe => ({ ...recipe, pairs: [pair] }));
  const cases = each.map((one) => recipeCase(rule, one, recorded));
  const verdicts = await runCases(promtool, cases, signal);
  const [first, ...others] = recipe.pairs.filter((_, i) => verdicts[i]?.passed);
  if (!first) return undefined;
  return {
    ...recipe,
    pairs: [first, ...others],
    pins: joinedPins([first, ...others].map((p) => p.pins)),
  };
}

function recipeCase(
  rule: SolveRule,
  recipe: Recipe,
  recorded: ReturnType<typeof recordedBy>,
): Case {
  const everyMs = recipe.pairs[0].timeline.evaluationMs;
  return caseOf(rule, recorded, everyMs, testGroups(recipe, rule.ref.name));
}
