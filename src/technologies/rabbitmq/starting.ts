import { until } from '../../lib/wait.ts';

/**
 * From the broker's first answer about its metrics until all of its parts run, at most, ms: the
 * port of its clients opens last.
 */
const STARTING_MS = 30_000;
const EVERY_MS = 100;
const NEVER = new AbortController().signal;

/**
 * Acts on a broker that may still be starting: again until it takes it.
 * @param what is awaited, for people
 * @throws HarnessError with the broker's last answer
 */
export async function onceStarted<T>(what: string, act: () => Promise<T>): Promise<T> {
  const { done } = await until(async () => ({ done: await act() }), {
    what,
    timeoutMs: STARTING_MS,
    everyMs: EVERY_MS,
    signal: NEVER,
  });
  return done;
}
