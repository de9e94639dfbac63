import type { Pin, Recipe, Solution, Unsolved } from '../../src/model/recipe.ts';
import { provedImpossible } from '../../src/solve/impossible.ts';
import { problemOf, recordedBy, solveRule } from '../../src/solve/index.ts';
import type { Problem, SolveRule } from '../../src/solve/index.ts';
import { readStack } from '../../src/stack/index.ts';
import type { Stack } from '../../src/stack/index.ts';
import { stringify } from 'yaml';

/** A problem of rules alone; each is an alert's expression, or a whole rule. */
export function problemFrom(
  rules: (string | Record<string, unknown>)[],
  prometheus?: Record<string, unknown>,
): Problem {
  const all = rules.map((rule, i) =>
    typeof rule === 'string' ? { alert: `A${i}`, expr: rule, for: '5m' } : rule,
  );
  const text = stringify({ groups: [{ name: 'g', interval: '1m', rules: all }] });
  const configuration = prometheus && stringify({ rule_files: ['rules.yml'], ...prometheus });
  return problemOf(
    readStack([
      { path: 'rules.yml', text },
      ...(configuration ? [{ path: 'prometheus.yml', text: configuration }] : []),
    ]),
  );
}

/** What solving the last rule gives. */
export function solved(...rules: (string | Record<string, unknown>)[]): Recipe | Unsolved {
  const problem = problemFrom(rules);
  const rule = problem.rules.at(-1);
  if (!rule) throw new Error('no rule');
  return solveRule(rule, problem, recordedBy(problem.rules));
}

/**
 * Why the last rule can never fire, as far as that is proved; nothing is searched for.
 * @param prometheus the prometheus.yml beside it
 */
export function neverReason(
  rules: (string | Record<string, unknown>)[],
  prometheus?: Record<string, unknown>,
): string | undefined {
  const problem = problemFrom(rules, prometheus);
  const rule = problem.rules.at(-1);
  if (!rule?.expr) throw new Error('no rule');
  const alertsNamed = (name: string): SolveRule[] =>
    problem.rules.filter(({ kind, ref }) => kind === 'alert' && ref.name === name);
  return provedImpossible(rule, rule.expr, recordedBy(problem.rules), alertsNamed)?.reason;
}

/** What solving each alert of a stack gives. */
export function solutionOf(stack: Stack): Solution {
  const problem = problemOf(stack);
  const recorded = recordedBy(problem.rules);
  const all = problem.rules
    .filter(({ kind }) => kind === 'alert')
    .map((rule): Recipe | Unsolved => solveRule(rule, problem, recorded));
  return {
    recipes: all.filter((one) => 'pairs' in one),
    unsolved: all.filter((one): one is Unsolved => !('pairs' in one)),
  };
}

/** Sides of numbers that no pair notices, though some world might. */
export function unpinnedSides(pins: readonly Pin[]): { pin: Pin; side: 'lower' | 'higher' }[] {
  return pins.flatMap((pin) =>
    (['lower', 'higher'] as const)
      .filter((side) => !pin[side] && !pin.loose?.[side]?.equivalent)
      .map((side) => ({ pin, side })),
  );
}
