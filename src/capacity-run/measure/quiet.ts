import { sleepUntil } from '../../lib/wait.ts';
import { machineCpu } from './proc.ts';

/** Share of all cores that may be in use on a machine that counts as quiet. */
const QUIET_SHARE = 0.1;
const LOOK_MS = 1_000;

/**
 * Waits until little runs on the machine, or `withinMs` is over: a load that comes then measures
 * itself. @returns whether it is quiet
 */
export async function waitUntilQuiet(withinMs: number, signal: AbortSignal): Promise<boolean> {
  const end = Date.now() + withinMs;
  do {
    const [before, at] = [machineCpu(), Date.now()];
    await sleepUntil(at + LOOK_MS, signal);
    const now = machineCpu();
    const share =
      (now.busySeconds - before.busySeconds + now.stealSeconds - before.stealSeconds) /
      ((Date.now() - at) / 1000) /
      now.cores;
    if (share <= QUIET_SHARE) return true;
  } while (Date.now() < end);
  return false;
}
