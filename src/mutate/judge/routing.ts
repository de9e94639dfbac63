import type { CheckFile } from '../../model/check.ts';
import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { hintFor } from './hints.ts';
import { changedFiles } from './static.ts';

/**
 * What becomes of every promised alert on its way to people, as a text; undefined when that can't
 * be known.
 */
export type Outcome = (files: CheckFile[]) => string | undefined;

/**
 * Judges a mutant of routing by what is decided for every promised alert at every minute of a week:
 * a promise is broken, nothing at all is another, or something is that nobody promised.
 * @param bySight what is wrong with the files of a mutant; undefined when nothing is
 */
export function routingJudge(
  files: CheckFile[],
  outcome: Outcome,
  bySight: (mutant: Mutant) => MutantResult | undefined,
): (mutant: Mutant) => MutantResult {
  const before = outcome(files);
  return (mutant) => {
    const seen = bySight(mutant);
    if (seen) return seen;
    const after = outcome(changedFiles(files, mutant));
    if (before === undefined || after === undefined)
      return { mutant, fate: 'undecided', because: 'A matcher that is not understood decides it.' };
    return before === after
      ? {
          mutant,
          fate: 'equivalent',
          because: 'Every promised alert is told to the same people, at the same times, as before.',
        }
      : { mutant, fate: 'survived', because: hintFor(mutant) };
  };
}
