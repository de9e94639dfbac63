import type { RuleBody } from './rule-body.ts';

/** What part of a stack a mutant changes. */
export type MutantKind =
  'rule' | 'routing' | 'message' | 'scraping' | 'dashboard' | 'instrumentation';

/** A stretch of a file; lines and columns count from 1, the end is exclusive. */
export interface Stretch {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** One change to the tree of a YAML or JSON file. */
export interface TreeEdit {
  /** Keys and numbers of list items that lead to what is changed. */
  path: (string | number)[];
  /** What stands there then; nothing does when it is absent. */
  value?: unknown;
  /** The last of the path is a place in a list, and what stands there moves on. */
  insert?: true;
}

/** A stretch of a file that has no tree, by offsets, and what stands there then. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
}

/** What a mutant does to a file of the stack, in the order in which it is done. */
export interface Change {
  /** Path relative to the stack's folder. */
  file: string;
  edits: TreeEdit[];
  /** Of a file that is text and nothing else. */
  splice?: TextEdit;
}

/** A stack that is wrong in one place, as people really get it wrong. */
export interface Mutant {
  /** Stable between runs on the same files: what resuming and declared equivalents go by. */
  id: string;
  kind: MutantKind;
  /** Which way of getting it wrong: `limit-moved`, `matcher-dropped`, `for-shorter`, … */
  operator: string;
  /** The rule, route, job or panel that is changed: `alert HighErrorRate`. */
  subject: string;
  at: Stretch;
  /** What stands there, and what stands there then: short, for people. */
  was: string;
  becomes: string;
  /** The whole expression as it is then, of a mutant of one. */
  expr?: string;
  /** Undefined where a file within a file would have to be written. */
  changes: Change[] | undefined;
}

/** A mutant of a rule or of a group of rules. */
export interface RuleMutant extends Mutant {
  kind: 'rule';
  /** Numbers of the rules that it touches, among all rules of the stack, from 0. */
  rules: number[];
  /**
   * The one rule as it is then; null when there is none any more; undefined when it is as it was.
   */
  body?: RuleBody | null;
  /** How often these rules are evaluated then; as before when it is undefined. */
  evaluationMs?: number;
}

/**
 * `killed`: a promise is broken, so it would be noticed. `survived`: everything that was looked at
 * stays as promised. `equivalent`: it means the same. `undecided`: what would tell wasn't recorded
 * or couldn't be worked out. `invalid`: the engine refuses it.
 */
export type Fate = 'killed' | 'survived' | 'equivalent' | 'undecided' | 'invalid';

export interface MutantResult {
  mutant: Mutant;
  fate: Fate;
  /** What noticed it first; of a survivor what would tell it apart; of the others why. */
  because: string;
  /** Whether that names what was got wrong; of one that was noticed, where it was asked for. */
  namesCause?: boolean;
}

export interface MutationResult {
  results: MutantResult[];
  /** What the mutants were drawn by. */
  seed: number;
  /** How many they were drawn from. */
  of: number;
  /** How many of those drawn weren't judged since somebody interrupted. */
  left: number;
  /** Rules of which no mistake is judged, since they can't be read: where, and why. */
  unread: string[];
}
