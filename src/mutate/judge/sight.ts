import type { Mutant, MutantResult } from '../../model/mutation.ts';
import { hintFor } from './hints.ts';

/**
 * Judges by what is seen in the files and by nothing else.
 * @param bySight what is wrong with the files of a mutant; undefined when nothing is
 */
export function judgeBySight(
  mutant: Mutant,
  bySight: (mutant: Mutant) => MutantResult | undefined,
): MutantResult {
  return bySight(mutant) ?? { mutant, fate: 'survived', because: hintFor(mutant) };
}
