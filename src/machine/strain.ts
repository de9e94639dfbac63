import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { TIMEKEEPER, setSessionNiceness } from '../lib/niceness.ts';
import { moduleArguments } from '../lib/start-module.ts';
import type { Strain } from './measure.ts';

/**
 * What the machine bears now, measured as a run has it: in a session of its own, and with the right
 * of way that a run's processes have and its containers haven't.
 * @throws Error when the signal aborts it
 */
export async function measureStrain(signal: AbortSignal, hasRightOfWay: boolean): Promise<Strain> {
  const module = fileURLToPath(new URL('inside/main.ts', import.meta.url));
  const child = execa(process.execPath, moduleArguments(module), {
    detached: true,
    stdin: 'ignore',
    cancelSignal: signal,
  });
  if (hasRightOfWay) setSessionNiceness(child.pid, TIMEKEEPER);
  return JSON.parse((await child).stdout) as Strain;
}
