import type { MutationResult } from '../../model/mutation.ts';
import type { Score } from '../../lib/mutation-score.ts';

/** A mutation run for machines: counts first, then each mutant; keys always in the same order. */
export function mutationJson(
  { results, seed, of }: MutationResult,
  { counts, score }: Score,
): string {
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      seed,
      of,
      mutants: results.length,
      ...counts,
      score,
      results: results.map(({ mutant, fate, because }) => ({
        id: mutant.id,
        kind: mutant.kind,
        operator: mutant.operator,
        subject: mutant.subject,
        ...mutant.at,
        was: mutant.was,
        becomes: mutant.becomes,
        fate,
        because,
      })),
    },
    null,
    2,
  )}\n`;
}
