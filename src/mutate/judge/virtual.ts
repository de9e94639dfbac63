import { ruleFile, testFile } from '../../engine/test-file.ts';
import type { RuleText, TestGroup } from '../../engine/test-file.ts';
import type { Fate, MutantResult, RuleMutant } from '../../model/mutation.ts';
import { parseExpr } from '../../promql/parse.ts';
import { print } from '../../promql/print.ts';
import { hintFor } from './hints.ts';
import { mutated } from './subject.ts';
import type { Subject } from './subject.ts';

/** Rules and the tests that hold them against what must be. */
export interface VirtualCase {
  rules: string;
  tests: (rulePath: string) => string;
}

/** Whether all statements of a case are true; else what the engine says. */
export type VirtualVerdict = { passed: true } | { passed: false; output: string };

export interface VirtualOptions {
  run: (cases: VirtualCase[]) => Promise<VirtualVerdict[]>;
  /** Why an alert isn't proved at all, by the number of its rule. */
  unproved: ReadonlyMap<number, string>;
  /** How many mutants are done, for the progress. */
  onDone: (done: number) => void;
}

/** A recording rule is read by many alerts: whoever of these first notices is enough. */
const MOST_SUBJECTS = 6;
/** What the engine says of rules that it doesn't take. */
const REFUSED = /could not parse|parse error|invalid (?:annotation|label)|error loading rules/i;

/**
 * Asks for each mutant of a rule whether the alerts that depend on it still do exactly as promised, in virtual time: if
 * one of them doesn't, the mutant is noticed. In rounds, so that no more is run than is needed.
 */
export async function judgeInVirtualTime(
  mutants: RuleMutant[],
  subjects: Subject[],
  originals: ReadonlyMap<number, string>,
  { run, unproved, onDone }: VirtualOptions,
): Promise<MutantResult[]> {
  const results = new Map<RuleMutant, MutantResult>();
  const settle = (mutant: RuleMutant, fate: Fate, because: string): void => {
    results.set(mutant, { mutant, fate, because });
    onDone(results.size);
  };
  const open = new Map<RuleMutant, Subject[]>();
  for (const mutant of mutants) {
    const depending = subjects.filter(({ rules }) => rules.some((r) => r.index === mutant.rule));
    if (isSame(mutant, originals)) settle(mutant, 'equivalent', 'Its syntax tree is the same.');
    else if (depending.length === 0) settle(mutant, 'undecided', reasonOf(mutant, unproved));
    else if (mutant.operator.startsWith('annotation-')) {
      const missing = missingLabel(mutant, depending);
      if (missing === undefined) settle(mutant, 'survived', hintFor(mutant));
      else
        settle(mutant, 'killed', `its text prints \`$labels.${missing}\`, which no instance has`);
    } else open.set(mutant, depending.slice(0, MOST_SUBJECTS));
  }
  for (let round = 0; round < MOST_SUBJECTS && open.size > 0; round++) {
    const asked = [...open].flatMap(([mutant, own]) => {
      const subject = own[round];
      if (subject) return [{ mutant, subject }];
      settle(mutant, 'survived', hintFor(mutant));
      open.delete(mutant);
      return [];
    });
    const verdicts = await run(asked.map(({ mutant, subject }) => caseOf(subject, mutant)));
    for (const [i, { mutant, subject }] of asked.entries()) {
      const verdict = verdicts[i];
      if (!verdict || verdict.passed) continue;
      const refused = REFUSED.exec(verdict.output);
      if (refused) settle(mutant, 'invalid', firstLine(verdict.output));
      else settle(mutant, 'killed', `${subject.alert}: ${firstLine(verdict.output)}`);
      open.delete(mutant);
    }
  }
  for (const mutant of open.keys()) settle(mutant, 'survived', hintFor(mutant));
  return mutants.flatMap((mutant) => results.get(mutant) ?? []);
}

/** The unchanged rules of a subject with its tests: what must pass before anything is changed. */
export function unchanged(subject: Subject): VirtualCase {
  return asCase(
    subject.rules.map(({ text }) => text),
    subject.evaluationMs,
    subject.tests,
  );
}

function caseOf(subject: Subject, mutant: RuleMutant): VirtualCase {
  return asCase(mutated(subject, mutant), subject.evaluationMs, subject.tests);
}

function asCase(rules: RuleText[], evaluationMs: number, tests: TestGroup[]): VirtualCase {
  return {
    rules: ruleFile(rules, evaluationMs),
    tests: (path) => testFile([path], evaluationMs, tests),
  };
}

/** Whether only the expression's layout differs. */
function isSame(mutant: RuleMutant, originals: ReadonlyMap<number, string>): boolean {
  if (!mutant.body) return false;
  const original = originals.get(mutant.rule);
  if (original === undefined || original === mutant.body.expr) return false;
  return normal(original) === normal(mutant.body.expr);
}

function normal(expr: string): string {
  const parsed = parseExpr(expr);
  return 'expr' in parsed ? print(parsed.expr) : expr;
}

/** A label that the mutant's texts print and that no instance of the alert has: `<no value>` for people. */
function missingLabel(mutant: RuleMutant, subjects: Subject[]): string | undefined {
  const own = subjects.find(({ rules }) => rules.at(-1)?.index === mutant.rule);
  const printed = Object.values(mutant.body?.annotations ?? {}).flatMap((text) =>
    [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label),
  );
  return own && printed.find((label) => !own.labels.has(label));
}

function reasonOf(mutant: RuleMutant, unproved: ReadonlyMap<number, string>): string {
  return (
    unproved.get(mutant.rule) ??
    (mutant.body?.record === undefined && mutant.subject.startsWith('alert')
      ? 'No world is known in which this alert fires.'
      : 'No alert that is proved reads what this rule records.')
  );
}

/** The first words of the engine that say something. */
function firstLine(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(name:|FAILED:?|Unit Testing:.*)$/i.test(line));
  return (lines[0] ?? 'it is another').slice(0, 200);
}
