import type { RuleBody } from './rule-body.ts';

/** What part of a stack a mutant changes. */
export type MutantKind = 'rule' | 'routing' | 'scraping' | 'dashboard' | 'instrumentation';

/** A stretch of a file; lines and columns count from 1, the end is exclusive. */
export interface Stretch {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
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
}

/** A mutant of a rule. */
export interface RuleMutant extends Mutant {
  kind: 'rule';
  /** Number of the rule among all rules of the stack, from 0. */
  rule: number;
  /** The rule as it is then; null when there is none any more. */
  body: RuleBody | null;
}

/**
 * `killed`: a promise is broken, so it would be noticed. `survived`: everything that was looked at stays as promised.
 * `equivalent`: it means the same. `undecided`: what would tell wasn't recorded or couldn't be worked out.
 * `invalid`: the engine refuses it.
 */
export type Fate = 'killed' | 'survived' | 'equivalent' | 'undecided' | 'invalid';

export interface MutantResult {
  mutant: Mutant;
  fate: Fate;
  /** What noticed it first; of a survivor what would tell it apart; of the others why. */
  because: string;
}

export interface MutationResult {
  results: MutantResult[];
  /** What the mutants were drawn by. */
  seed: number;
}
