import { setImmediate } from 'node:timers/promises';
import type { Mutant } from '../../model/mutation.ts';

/** One after the other, so that a signal to stop is seen. */
export async function inTurn(
  mutants: Mutant[],
  signal: AbortSignal,
  judge: (mutant: Mutant) => void,
): Promise<void> {
  for (const mutant of mutants) {
    await setImmediate();
    signal.throwIfAborted();
    judge(mutant);
  }
}
