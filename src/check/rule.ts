import type { Fix, Level, RuleInfo } from '../model/check.ts';
import type { Place } from '../stack/source/value.ts';
import type { Stack } from '../stack/index.ts';

export interface Extra {
  /** Instead of the rule's own. */
  why?: string;
  mend?: string;
  level?: Level;
  subject?: string;
  fix?: Fix;
}

/** Tells one fault: where, and what is wrong there in one line. */
export type Say = (place: Place, title: string, extra?: Extra) => void;

/**
 * One thing that can be wrong. Its page in docs/checks/ is made from these texts and its test case.
 */
export interface Rule extends RuleInfo {
  /** Judged only where a stack is to be ready for production: an example may be an example. */
  production?: true;
  check: (stack: Stack, say: Say) => void;
}
