import { sleepFor } from '../../lib/wait.ts';
import { machineCpu } from './proc.ts';

/** Share of all cores that may be in use on a machine that counts as quiet. */
const QUIET_SHARE = 0.1;
const LOOK_MS = 1_000;

/**
 * Waits until little runs on the machine, or `withinMs` is over: a load that comes then measures
 * itself. @returns whether it is quiet
 */
export async function waitUntilQuiet(withinMs: number, signal: AbortSignal): Promise<boolean> {
  // By the clock that nobody sets: a step of the other would end the waiting, or never let it end.
  const end = performance.now() + withinMs;
  do {
    const [before, at] = [machineCpu(), performance.now()];
    await sleepFor(LOOK_MS, signal);
    const now = machineCpu();
    const share =
      (now.busySeconds - before.busySeconds + now.stealSeconds - before.stealSeconds) /
      ((performance.now() - at) / 1000) /
      now.cores;
    if (share <= QUIET_SHARE) return true;
  } while (performance.now() < end);
  return false;
}
