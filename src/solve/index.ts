import { groupBy } from '../lib/group-by.ts';
import type { Recipe, Unsolved } from '../model/recipe.ts';
import { labelsInTemplates } from './template-labels.ts';
import { solveAlert } from './alert.ts';
import type { Recorded } from './leaves.ts';
import type { Problem, SolveRule } from './rules.ts';
import { mentionedLabels } from './mentioned.ts';

export { problemOf } from './rules.ts';
export type { Problem, SolveRule } from './rules.ts';
export { givesIn } from './given.ts';
export { groupOrder, neededRules } from './needed.ts';
export { joinedPins } from './pins.ts';

/** The recording rules of a stack, by the name that they record. */
export function recordedBy(rules: readonly SolveRule[]): Recorded {
  return groupBy(
    rules.filter((rule) => rule.kind === 'record'),
    (rule) => rule.ref.name,
  );
}

/** One alert of a problem: its recipe, to be confirmed by the engine, or why there is none. */
export function solveRule(
  rule: SolveRule,
  problem: Problem,
  recorded: Recorded,
): Recipe | Unsolved {
  const named = new Set([
    ...(rule.expr ? mentionedLabels(rule.expr, recorded) : []),
    ...labelsInTemplates(rule),
  ]);
  const alertsNamed = (name: string): SolveRule[] =>
    problem.rules.filter(({ kind, ref }) => kind === 'alert' && ref.name === name);
  return solveAlert(rule, recorded, problem.scrapeMs, named, alertsNamed);
}
