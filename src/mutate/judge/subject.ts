import { ruleFile } from '../../engine/test-file.ts';
import type { RuleText } from '../../engine/test-file.ts';
import { parseDurationMs } from '../../lib/duration.ts';
import type { RuleMutant } from '../../model/mutation.ts';
import type { RuleBody } from '../../model/rule-body.ts';
import type { Levels } from './level-hint.ts';

/** Rules and the tests that hold them against what must be. */
export interface VirtualCase {
  rules: string;
  /** @param rulePath where these rules will lie */
  tests: (rulePath: string) => string;
}

/**
 * Something that holds rules against what must be, in virtual time: the tests of one alert, or
 * somebody's file of tests.
 */
export interface Subject {
  /** What it is called where it notices something. */
  name: string;
  /** Numbers of the rules that it depends on, among all rules of the stack. */
  rules: ReadonlySet<number>;
  /** The rules with its tests; as they are where no mutant is named. */
  caseOf: (mutant?: RuleMutant) => VirtualCase;
  /**
   * Labels that the instances have, where its tests say nothing of what people read: a text that
   * prints any other is printed with a gap. Undefined where they do.
   */
  printable?: ReadonlySet<string>;
  /**
   * Whether its world lasts so long that it is evaluated less often than its rules are: another
   * interval of theirs would differ from it whatever it is.
   */
  isThinned?: boolean;
  /** What is seen to be untrue with a mutant without the engine; undefined: nothing is. */
  quickly?: (mutant: RuleMutant) => string | undefined;
  /** What would tell a survivor apart, where it knows more of it than its way of being wrong. */
  hint?: (mutant: RuleMutant) => string | undefined;
  /** What the engine's output means; undefined where it isn't known. */
  words?: (output: string) => string | undefined;
  /** Between which levels it is looked at; undefined where none are named. */
  levels?: Levels;
}

/** What is proved of one alert. */
export interface AlertProof {
  alert: string;
  /**
   * The recording rules that it needs and the alert itself, in their order; `index`: among all
   * rules of the stack.
   */
  rules: { index: number; text: RuleText }[];
  evaluationMs: number;
  /** The tests of the alert as a file, for rules that are evaluated so often. */
  testFile: (rulePath: string, evaluationMs: number) => string;
  printable?: ReadonlySet<string>;
  isThinned?: boolean;
  quickly?: Subject['quickly'];
  words?: Subject['words'];
  levels?: Levels;
}

/** An alert with what it needs, in a file of its own. */
export function alertSubject(proof: AlertProof): Subject {
  const { alert, rules, testFile, printable, isThinned = false, quickly, words, levels } = proof;
  return {
    name: alert,
    rules: new Set(rules.map(({ index }) => index)),
    isThinned,
    ...(printable ? { printable } : {}),
    ...(quickly ? { quickly } : {}),
    ...(words ? { words } : {}),
    ...(levels ? { levels } : {}),
    caseOf: (mutant) => {
      const evaluationMs = evaluationOf(proof, mutant);
      const texts = mutated(rules, mutant);
      return {
        rules: ruleFile(texts, evaluationMs),
        tests: (path) => testFile(path, evaluationMs),
      };
    },
  };
}

/**
 * What a mutant does to a recording rule's interval moves the alert's too: one grid is all that the
 * engine has.
 */
function evaluationOf({ evaluationMs }: AlertProof, mutant: RuleMutant | undefined): number {
  return mutant?.evaluationMs ?? evaluationMs;
}

/** The rules with one of them as a mutant has it; without it where the mutant has none. */
function mutated(rules: AlertProof['rules'], mutant: RuleMutant | undefined): RuleText[] {
  return rules.flatMap(({ index, text }) => {
    if (mutant?.body === undefined || !mutant.rules.includes(index)) return [text];
    return mutant.body ? [ruleText(mutant.body)] : [];
  });
}

/** A rule as the engine's files have it. */
export function ruleText(body: RuleBody): RuleText {
  return {
    kind: body.record === undefined ? 'alert' : 'record',
    name: body.record ?? body.alert ?? '',
    expr: body.expr,
    forMs: parseDurationMs(body.for ?? '') ?? 0,
    keepFiringMs: parseDurationMs(body.keep_firing_for ?? '') ?? 0,
    labels: body.labels ?? {},
    annotations: body.annotations ?? {},
  };
}
