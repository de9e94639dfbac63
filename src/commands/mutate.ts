import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runCases } from '../engine/confirm.ts';
import { testGroups } from '../engine/test-file.ts';
import { HarnessError, messageOf } from '../lib/errors.ts';
import { scoreOf } from '../lib/mutation-score.ts';
import { createProgress } from '../lib/progress.ts';
import type { Progress } from '../lib/progress.ts';
import { seededRandom } from '../lib/random.ts';
import type { MutationResult, RuleMutant } from '../model/mutation.ts';
import type { Recipe } from '../model/recipe.ts';
import { bodyOf, ruleMutants } from '../mutate/mutants.ts';
import { exactTests, ruleText } from '../mutate/judge/subject.ts';
import type { Subject } from '../mutate/judge/subject.ts';
import { judgeInVirtualTime, unchanged } from '../mutate/judge/virtual.ts';
import type { VirtualCase } from '../mutate/judge/virtual.ts';
import { mutationJson } from '../report/mutate/json.ts';
import { strykerJson } from '../report/mutate/stryker.ts';
import { mutationText } from '../report/mutate/text.ts';
import { neededRules, problemOf, recordedBy } from '../solve/index.ts';
import { readStack } from '../stack/index.ts';
import type { Stack } from '../stack/index.ts';
import { readFolder } from '../stack/folder.ts';
import { pathsAround } from '../stack/paths-around.ts';
import type { Output } from './output.ts';
import { PROJECT_DIR } from './paths.ts';
import { findPromtool } from './promtool.ts';
import { solveStack } from './solve-stack.ts';

export interface MutateOptions {
  stack?: string;
  /** Rules or ways of getting them wrong, by their names. */
  only: string[];
  /** How many mutants are drawn; undefined: all. */
  sample?: number;
  seed: number;
  /** 0 to 100; below it the exit code is 1. */
  minScore: number;
  format: 'text' | 'json';
  /** Where the report for Stryker's viewer is written. */
  stryker?: string;
  verbose: boolean;
}

/**
 * `npm run mutate`: what of a stack's rules could be got wrong without anybody noticing.
 * @returns 0 the score is high enough, 1 it isn't, 2 couldn't judge (thrown)
 */
export async function mutate(
  options: MutateOptions,
  output: Output,
  signal: AbortSignal,
): Promise<0 | 1> {
  const dir = resolve(options.stack ?? join(PROJECT_DIR, 'stack'));
  const stack = readStack(await readFolder(dir), pathsAround(dir));
  const progress = createProgress({ stream: output.stream, quiet: output.quiet });
  try {
    const promtool = await promtoolOrThrow();
    const run = (cases: VirtualCase[]) => runCases(promtool, cases, signal);
    const mutants = chosen(ruleMutants(stack.rules), options);
    progress.phase('solving the alerts');
    const { subjects, unproved } = await provedSubjects(stack, promtool, signal);
    progress.phase(`judging ${mutants.length} mutants in virtual time`);
    const results = await judgeInVirtualTime(mutants, subjects, expressionsOf(stack), {
      run: (cases) => inBatches(cases, run, mutants.length, progress),
      unproved,
      onDone: () => undefined,
    });
    progress.stop();
    return await conclude({ results, seed: options.seed }, stack, options, output);
  } finally {
    progress.stop();
  }
}

/** So many at once, so that the progress moves. */
const BATCH = 80;

async function inBatches<T>(
  cases: VirtualCase[],
  run: (cases: VirtualCase[]) => Promise<T[]>,
  total: number,
  progress: Progress,
): Promise<T[]> {
  const verdicts: T[] = [];
  const startedAt = Date.now();
  for (let i = 0; i < cases.length; i += BATCH) {
    verdicts.push(...(await run(cases.slice(i, i + BATCH))));
    const doneMs = Date.now() - startedAt;
    progress.update({
      phase: `judging ${total} mutants in virtual time`,
      doneMs,
      totalMs: (doneMs * cases.length) / Math.max(1, verdicts.length),
      waitingFor: `${verdicts.length} of ${cases.length} trials`,
    });
  }
  return verdicts;
}

/** Every alert that the engine confirms, with what must be seen of it; and why the others are not proved. */
async function provedSubjects(
  stack: Stack,
  promtool: string,
  signal: AbortSignal,
): Promise<{ subjects: Subject[]; unproved: Map<number, string> }> {
  const problem = problemOf(stack);
  const { recipes, unsolved } = await solveStack(problem, promtool, signal, () => undefined);
  const recorded = recordedBy(problem.rules);
  const all = recipes.map((recipe) => {
    const rule = problem.rules[recipe.alert.index];
    const needed = rule ? [...neededRules(rule, recorded), rule].map(({ ref }) => ref.index) : [];
    return {
      exact: subjectOf(stack, recipe, needed, true),
      plain: subjectOf(stack, recipe, needed, false),
    };
  });
  // Where the instances' labels are made by a template or a function, only that it fires is known.
  const exactly = await runCases(
    promtool,
    all.map(({ exact }) => unchanged(exact)),
    signal,
  );
  return {
    subjects: all.map(({ exact, plain }, i) => (exactly[i]?.passed ? exact : plain)),
    unproved: new Map(
      unsolved.map(({ alert, reason }) => [alert.index, `The alert is not proved: ${reason}`]),
    ),
  };
}

function subjectOf(stack: Stack, recipe: Recipe, needed: number[], exact: boolean): Subject {
  const tests = testGroups(recipe, recipe.alert.name);
  return {
    alert: recipe.alert.name,
    rules: needed.flatMap((index) => {
      const rule = stack.rules[index];
      return rule ? [{ index, text: ruleText(bodyOf(rule)) }] : [];
    }),
    evaluationMs: recipe.pairs[0].timeline.evaluationMs,
    tests: exact ? exactTests(tests, recipe) : tests,
    labels: new Set(recipe.instances.flatMap((labels) => Object.keys(labels))),
  };
}

function chosen(mutants: RuleMutant[], { only, sample, seed }: MutateOptions): RuleMutant[] {
  const wanted = mutants.filter(
    ({ subject, operator }) =>
      only.length === 0 ||
      only.some((name) => name === operator || subject === name || subject.endsWith(` ${name}`)),
  );
  if (wanted.length === 0)
    throw new HarnessError(
      only.length === 0 ? 'there is no rule to get wrong' : `--only ${only.join(', ')}: no mutant`,
      'Name a folder with rules; --only takes names of rules, or of mistakes as the tables show them.',
    );
  if (sample === undefined || sample >= wanted.length) return wanted;
  const random = seededRandom(seed);
  const drawn = new Set(
    wanted
      .map((mutant) => ({ mutant, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, sample)
      .map(({ mutant }) => mutant),
  );
  return wanted.filter((mutant) => drawn.has(mutant));
}

function expressionsOf(stack: Stack): Map<number, string> {
  return new Map(stack.rules.map((rule, index) => [index, rule.expression.text]));
}

async function promtoolOrThrow(): Promise<string> {
  const promtool = await findPromtool();
  if (promtool !== undefined) return promtool;
  throw new HarnessError(
    'promtool is neither in the PATH nor in the cache',
    'Fetch the programs first: npm run fetch',
  );
}

async function conclude(
  result: MutationResult,
  stack: Stack,
  { format, stryker, verbose, minScore }: MutateOptions,
  output: Output,
): Promise<0 | 1> {
  const score = scoreOf(result.results);
  output.print(
    format === 'json'
      ? mutationJson(result, score).trimEnd()
      : mutationText(result, { color: output.color, width: output.width, verbose }),
  );
  if (stryker !== undefined) await writeStryker(resolve(stryker), result, stack);
  if (score.score === null)
    throw new HarnessError(
      'nothing could be judged',
      'The reasons stand above: an alert has to be provable before a mistake in it can be noticed.',
    );
  return score.score * 100 >= minScore ? 0 : 1;
}

async function writeStryker(path: string, result: MutationResult, stack: Stack): Promise<void> {
  const sources = new Map(stack.files.map(({ path: file, text }) => [file, text]));
  try {
    await writeFile(path, strykerJson(result, sources));
  } catch (error) {
    throw new HarnessError(
      `${path} can't be written: ${messageOf(error)}`,
      'Name a file in a folder that may be written.',
    );
  }
}
