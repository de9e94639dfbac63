import { runCases } from '../../engine/confirm.ts';
import { testFile, testGroups } from '../../engine/test-file.ts';
import type { TestGroup } from '../../engine/test-file.ts';
import type { RuleMutant } from '../../model/mutation.ts';
import type { Recipe } from '../../model/recipe.ts';
import { bodyOf } from '../../mutate/body.ts';
import { exactTests, promptTests } from '../../mutate/judge/exact-tests.ts';
import { recipeWords } from '../../mutate/judge/recipe-words.ts';
import { alertSubject, ruleText } from '../../mutate/judge/subject.ts';
import type { Subject } from '../../mutate/judge/subject.ts';
import type { Outcome } from '../../mutate/judge/virtual.ts';
import { neededRules, problemOf, recordedBy } from '../../solve/index.ts';
import type { SolveRule } from '../../solve/index.ts';
import type { Stack } from '../../stack/index.ts';
import { textOf } from '../rule-text.ts';
import { contractSubjects } from './contract-subjects.ts';
import { quickJudge } from './quickly.ts';
import { readByThemselves } from './reading-alerts.ts';
import { solveStack } from '../solve-stack.ts';

/** Who judges the mutants of rules, and what is proved of none of them. */
export interface Subjects {
  subjects: Subject[];
  /** What is said of a mutant that none of them depends on. */
  unseen: (mutant: RuleMutant) => Outcome;
}

/**
 * What a stack promises of its alerts: the contract's word where it speaks, and where it is silent
 * that each alert turns where its own expression does, as the engine confirms it in a world that
 * was worked out for it.
 */
export async function promisedSubjects(
  stack: Stack,
  promtool: string,
  signal: AbortSignal,
): Promise<Subjects> {
  const promised = contractSubjects(stack);
  const spoken = new Set(promised.map(({ name }) => name));
  const silent = problemOf(stack).rules.some(
    ({ kind, ref }) => kind === 'alert' && !spoken.has(ref.name),
  );
  if (!silent) return { subjects: promised, unseen: unread };
  const solved = await solvedSubjects(stack, promtool, signal);
  const others = solved.subjects.filter(({ name }) => !spoken.has(name));
  return { subjects: [...promised, ...others], unseen: solved.unseen };
}

async function solvedSubjects(
  stack: Stack,
  promtool: string,
  signal: AbortSignal,
): Promise<Subjects> {
  const problem = problemOf(stack);
  const { recipes, unsolved } = await solveStack(problem, promtool, signal, () => undefined);
  const recorded = recordedBy(problem.rules);
  const ofAlerts = recipes.map((recipe) => {
    const rule = problem.rules[recipe.alert.index];
    return judgesOf(recipe, rule ? [...neededRules(rule, recorded), rule] : [], stack);
  });
  const seen = new Set(ofAlerts.flatMap(({ plain }) => [...plain.rules]));
  const unseen = problem.rules.filter(({ kind, ref }) => kind === 'record' && !seen.has(ref.index));
  const read = await readByThemselves(unseen, problem, promtool, signal);
  const ofRecords = read.map(({ recipe, rules, reader }) =>
    judgesOf(recipe, [...rules, reader], stack),
  );
  const subjects = await strictest([...ofAlerts, ...ofRecords], promtool, signal);
  const reasons = new Map(unsolved.map(({ alert, reason }) => [alert.index, reason]));
  return {
    subjects,
    unseen: (mutant) => ({ fate: 'undecided', because: unprovedWords(mutant, reasons) }),
  };
}

/** What a recipe holds an alert against. */
interface Judges {
  /** The strictest first; of those that aren't confirmed the next is asked. */
  strict: Subject[];
  /** What is confirmed already. */
  plain: Subject;
}

/**
 * Beside what it does, which instances fire with all of their labels, and that it is over at once.
 * Where the instances' labels are made by a template or a function, or a sample lies on a window's
 * edge, less is known.
 */
function judgesOf(recipe: Recipe, rules: SolveRule[], stack: Stack): Judges {
  const tests = testGroups(recipe, recipe.alert.name);
  const of = (own: TestGroup[]): Subject => subjectOf(stack, recipe, rules, own);
  const exact = exactTests(tests, recipe);
  return { strict: [of(promptTests(exact, recipe)), of(exact)], plain: of(tests) };
}

/** Of each the strictest that the engine finds true of the rules as they are. */
async function strictest(all: Judges[], promtool: string, signal: AbortSignal): Promise<Subject[]> {
  const found = new Map<Judges, Subject>();
  for (const level of [0, 1]) {
    const open = all.flatMap((judges) => {
      const subject = found.has(judges) ? undefined : judges.strict[level];
      return subject ? [{ judges, subject }] : [];
    });
    const cases = open.map(({ subject }) => subject.caseOf());
    const verdicts = await runCases(promtool, cases, signal);
    for (const [i, { judges, subject }] of open.entries())
      if (verdicts[i]?.passed) found.set(judges, subject);
  }
  return all.map((judges) => found.get(judges) ?? judges.plain);
}

function unread(): Outcome {
  return {
    fate: 'undecided',
    because: 'No alert that is proved reads what this rule records.',
  };
}

function unprovedWords({ rules, subject }: RuleMutant, reasons: Map<number, string>): string {
  const reason = rules.map((rule) => reasons.get(rule)).find((r) => r !== undefined);
  if (reason !== undefined) return `The alert is not proved: ${reason}`;
  return subject.startsWith('record ')
    ? 'No alert that is proved reads what this rule records, and no world is known that tells by itself what it does.'
    : 'No world is known in which this alert fires.';
}

function subjectOf(stack: Stack, recipe: Recipe, rules: SolveRule[], tests: TestGroup[]): Subject {
  return alertSubject({
    alert: recipe.alert.name,
    rules: rules.map((needed) => {
      const rule = stack.rules[needed.ref.index];
      return { index: needed.ref.index, text: rule ? ruleText(bodyOf(rule)) : textOf(needed) };
    }),
    evaluationMs: recipe.pairs[0].timeline.evaluationMs,
    isThinned: recipe.pairs[0].timeline.evaluationMs !== rules.at(-1)?.evaluationMs,
    testFile: (path, evaluationMs) => testFile([path], evaluationMs, tests),
    quickly: quickJudge(recipe, rules),
    words: (output) => recipeWords(recipe, rules.at(-1)?.keepFiringMs ?? 0, output),
    printable: new Set(recipe.instances.flatMap((labels) => Object.keys(labels))),
  });
}
