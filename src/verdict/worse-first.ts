import type { Outcome, Verdict } from '../model/verdict.ts';

const WORSE: Outcome[] = ['fail', 'inconclusive', 'pass'];

/** Compares verdicts for sorting: what failed first, then what couldn't be judged. */
export function worseFirst(a: Pick<Verdict, 'outcome'>, b: Pick<Verdict, 'outcome'>): number {
  return WORSE.indexOf(a.outcome) - WORSE.indexOf(b.outcome);
}
