import { dirname, join, relative, resolve } from 'node:path';
import { runCases } from '../../engine/confirm.ts';
import { rulesFile, testFile, testGroups } from '../../engine/test-file.ts';
import type { RuleText, TestGroup } from '../../engine/test-file.ts';
import { HarnessError } from '../../lib/errors.ts';
import { groupBy } from '../../lib/group-by.ts';
import type { Recipe } from '../../model/recipe.ts';
import { groupOrder, neededRules, problemOf, recordedBy } from '../../solve/index.ts';
import type { Problem } from '../../solve/index.ts';
import type { Stack } from '../../stack/index.ts';
import type { Output } from '../output.ts';
import { findPromtool } from '../promtool.ts';
import { textOf } from '../rule-text.ts';
import { solveStack } from '../solve-stack.ts';
import { writeTestFiles, written } from './tests.ts';

const HEAD =
  '# Unit tests of the alerts, at real durations, solved from their expressions: npm run ' +
  'check -- --write-tests FILE\n# Run them with: promtool test rules FILE\n';

/**
 * Keeps unit tests for a stack that has no contract: each alert's worlds, as promtool confirms them
 * beside
 * the rules that they could be mixed up with.
 * @throws HarnessError without alerts, without promtool, or when none is confirmed; the signal's
 * reason when aborted
 */
export async function keepSolvedTests(
  stack: Stack,
  dir: string,
  path: string,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const problem = problemOf(stack);
  if (!problem.rules.some((rule) => rule.kind === 'alert'))
    throw new HarnessError(
      'there are no tests to write',
      'They are made from the alerts of the contract, or of rule files: neither has any.',
    );
  const promtool = await findPromtool();
  if (promtool === undefined)
    throw new HarnessError(
      'the tests have to be confirmed, and promtool is neither in the PATH nor in the cache',
      'Fetch it once with `npm run fetch`.',
    );
  const { recipes } = await solveStack(problem, promtool, signal, () => undefined);
  const target = resolve(path);
  const ruleFiles = await openableRuleFiles(stack, problem, { dir, target }, output);
  const suite: Suite = { ruleFiles, order: groupOrder(problem.rules) };
  const kept = await confirmedTogether(recipes, problem, suite.order, promtool, signal);
  if (kept.length === 0)
    throw new HarnessError(
      'there are no tests to write: promtool confirms none',
      '`npm run init` says why for each alert.',
    );
  const files = [...groupBy(kept, evaluationOf)].map(([evaluationMs, own]) => ({
    evaluationMs,
    text: HEAD + suiteText(suite, evaluationMs, own.flatMap(groupsOf), dirname(target)),
  }));
  await writeTestFiles(files, target, output);
  const alerts = problem.rules.filter((rule) => rule.kind === 'alert').length;
  output.error(`${kept.length} of ${alerts} alerts have tests`);
}

interface Suite {
  /** Absolute paths. */
  ruleFiles: string[];
  /** Rule groups, each behind those that it reads. */
  order: string[];
}

function groupsOf(recipe: Recipe): TestGroup[] {
  return testGroups(recipe, recipe.alert.name);
}

function evaluationOf({ pairs }: Recipe): number {
  return pairs[0].timeline.evaluationMs;
}

/** @param from the folder that paths are relative to */
function suiteText(
  { ruleFiles, order }: Suite,
  evaluationMs: number,
  tests: TestGroup[],
  from: string,
): string {
  const paths = ruleFiles.map((file) => relative(from, file));
  return testFile(paths, evaluationMs, tests, order);
}

/**
 * Where the stack's rules are that promtool can open; of those in resources, a file beside the
 * tests.
 */
async function openableRuleFiles(
  stack: Stack,
  problem: Problem,
  { dir, target }: { dir: string; target: string },
  output: Output,
): Promise<string[]> {
  const embedded = new Set(
    stack.rules
      .filter(({ group }) => group.isResource || group.file.embedding)
      .map(({ group }) => group.file.path),
  );
  const plain = [...new Set(problem.rules.map((rule) => rule.ref.file))].filter(
    (file) => !embedded.has(file),
  );
  const others = problem.rules.filter((rule) => embedded.has(rule.ref.file));
  const paths = plain.map((file) => join(dir, file));
  if (others.length === 0) return paths;
  const own = target.replace(/(\.ya?ml)?$/, '.rules.yml');
  const groups = [...groupBy(others, (rule) => rule.ref.group)];
  const text = rulesFile(groups.map(([name, rules]) => ({ name, rules: rules.map(textOf) })));
  await written(own, text, output);
  return [...paths, own];
}

/**
 * The recipes that hold beside the rules that could be taken for them, in the stack's own groups:
 * others of the same name
 * may fire by the same series, and what is recorded behind the alert is seen an evaluation later.
 */
async function confirmedTogether(
  recipes: readonly Recipe[],
  problem: Problem,
  order: readonly string[],
  promtool: string,
  signal: AbortSignal,
): Promise<Recipe[]> {
  const recorded = recordedBy(problem.rules);
  const cases = recipes.map((recipe) => ({
    rules: rulesFile(groupsAround(recipe, problem, recorded, order)),
    tests: (path: string) =>
      testFile(
        [path],
        evaluationOf(recipe),
        groupsOf(recipe),
        groupsAround(recipe, problem, recorded, order).map((g) => g.name),
      ),
  }));
  const verdicts = await runCases(promtool, cases, signal);
  return recipes.filter((_, i) => verdicts[i]?.passed);
}

/**
 * The groups that a recipe's alert, those of its name, and what it reads stand in; without all
 * other rules.
 */
function groupsAround(
  { alert }: Recipe,
  { rules }: Problem,
  recorded: ReturnType<typeof recordedBy>,
  order: readonly string[],
): { name: string; rules: RuleText[] }[] {
  const own = rules[alert.index];
  const wanted = new Set([
    ...(own ? neededRules(own, recorded) : []),
    ...rules.filter((rule) => rule.kind === 'alert' && rule.ref.name === alert.name),
  ]);
  const groups = groupBy(
    rules.filter((rule) => wanted.has(rule)),
    (rule) => rule.ref.group,
  );
  return order.flatMap((name) => {
    const inside = groups.get(name);
    return inside ? [{ name, rules: inside.map(textOf) }] : [];
  });
}
