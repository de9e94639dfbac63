import type { RuleMutant } from '../../model/mutation.ts';
import { equivalenceOf } from '../../mutate/judge/equivalent.ts';
import { judgeInVirtualTime } from '../../mutate/judge/virtual.ts';
import { engineOf, singleIn } from './session.ts';
import type { Keep, Session } from './session.ts';
import { contractSight } from './sights.ts';
import type { BySight } from './sights.ts';

/** Rules: what promises notice in virtual time, else what is seen in the files. */
export function judgeRules(
  mutants: RuleMutant[],
  session: Session,
  bySight: BySight,
  keep: Keep,
): Promise<void> {
  const { stack, subjects, signal } = session;
  const isSingle = singleIn(stack);
  return judgeInVirtualTime(mutants, subjects.subjects, {
    run: engineOf(session),
    unseen: subjects.unseen,
    bySight: session.alone ? undefined : contractSight(session),
    equivalent: (mutant) => equivalenceOf(mutant, stack.rules, isSingle),
    onResult: (result) => {
      signal.throwIfAborted();
      const isOpen = result.fate === 'survived' || result.fate === 'undecided';
      keep((isOpen ? bySight(result.mutant) : undefined) ?? result);
    },
  });
}
