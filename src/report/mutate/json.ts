import type { MutationResult } from '../../model/mutation.ts';
import { causesIn } from '../../lib/mutation-causes.ts';
import type { Causes } from '../../lib/mutation-causes.ts';
import type { Score } from '../../lib/mutation-score.ts';

function causesOf(results: MutationResult['results']): { causes?: Causes } {
  const causes = causesIn(results);
  return causes ? { causes } : {};
}

/** A mutation run for machines: counts first, then each mutant; keys always in the same order. */
export function mutationJson(
  { results, seed, of, left, unread }: MutationResult,
  { counts, score }: Score,
): string {
  return `${JSON.stringify(
    {
      schemaVersion: 1,
      seed,
      of,
      left,
      unread,
      mutants: results.length,
      ...counts,
      score,
      ...causesOf(results),
      results: results.map(({ mutant, fate, because, namesCause }) => ({
        id: mutant.id,
        kind: mutant.kind,
        operator: mutant.operator,
        subject: mutant.subject,
        ...mutant.at,
        was: mutant.was,
        becomes: mutant.becomes,
        fate,
        because,
        ...(namesCause === undefined ? {} : { namesCause }),
      })),
    },
    null,
    2,
  )}\n`;
}
