import { groupBy } from './group-by.ts';
import type { Fate, MutantResult } from '../model/mutation.ts';

/**
 * How many mutants met each fate, and the share of those that mean something else that were
 * noticed.
 */
export interface Score {
  counts: Record<Fate, number>;
  /** 0 to 1; null when there is nothing that could be noticed. */
  score: number | null;
}

/**
 * Invalid and equivalent mutants say nothing about a proof, and what is undecided is neither
 * noticed nor not.
 */
export function scoreOf(results: MutantResult[]): Score {
  const counts: Record<Fate, number> = {
    killed: 0,
    survived: 0,
    equivalent: 0,
    undecided: 0,
    invalid: 0,
  };
  for (const { fate } of results) counts[fate]++;
  const decided = counts.killed + counts.survived;
  return { counts, score: decided === 0 ? null : counts.killed / decided };
}

/** The same by a property of the mutants, the worst first. */
export function scoresBy(
  results: MutantResult[],
  key: (result: MutantResult) => string,
): ({ name: string } & Score)[] {
  const groups = groupBy(results, key);
  return [...groups]
    .map(([name, own]) => ({ name, ...scoreOf(own) }))
    .sort((a, b) => (a.score ?? 1) - (b.score ?? 1) || (a.name < b.name ? -1 : 1));
}
