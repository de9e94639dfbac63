import type { Mutant, MutantResult } from '../../model/mutation.ts';
import type { Verdict } from '../../model/verdict.ts';

/**
 * What verdicts say of a mutant: the first expectation that is broken and wasn't before. Where one
 * can't be judged any more, and none is broken, nobody knows.
 */
export function resultOf(
  mutant: Mutant,
  before: Verdict[],
  after: Verdict[],
  hint: string,
): MutantResult {
  const known = new Set(before.filter(isBroken).map(keyOf));
  const broken = after.find((verdict) => isBroken(verdict) && !known.has(keyOf(verdict)));
  if (broken)
    return {
      mutant,
      fate: 'killed',
      because: `${broken.finding?.title ?? ''} [${broken.finding?.id ?? ''}]`,
    };
  const open = after.find(({ outcome }) => outcome === 'inconclusive');
  return open
    ? { mutant, fate: 'undecided', because: open.finding?.title ?? 'It could not be judged.' }
    : { mutant, fate: 'survived', because: hint };
}

function isBroken({ outcome }: Verdict): boolean {
  return outcome === 'fail';
}

function keyOf({ finding }: Verdict): string {
  return `${finding?.id ?? ''} ${finding?.title ?? ''}`;
}
