import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { HarnessError, messageOf } from './errors.ts';

export interface WaitOptions {
  /** What is being waited for, as a person would say it: "all targets are up". */
  what: string;
  timeoutMs: number;
  everyMs?: number;
  /**
   * How long one look may take, ms, also the last one: what never answers is looked for anew. What
   * is left of the time by default.
   */
  attemptMs?: number;
  signal: AbortSignal;
}

const NOTHING = 'nothing was seen yet';
/** However little time is left, the last look gets this, ms. */
const LEAST_LOOK_MS = 1_000;

/** Somebody didn't answer in the time that was given. */
class TookTooLong extends HarnessError {}

/**
 * Waits until `probe` returns a value other than undefined, and returns it.
 * A probe that throws, or that takes too long, has failed this time; its error is kept for the
 * message.
 * @throws HarnessError after `timeoutMs`, with the last error and the number of attempts; the
 * signal's reason when aborted: cancelled never counts as passed
 */
export async function until<T>(
  probe: () => Promise<T | undefined>,
  options: WaitOptions,
): Promise<T> {
  // By the clock that nobody sets: a step of the other would end the waiting, or never let it end.
  const start = performance.now();
  let last = NOTHING;
  for (let attempts = 1; ; attempts++) {
    options.signal.throwIfAborted();
    const leftMs = Math.max(LEAST_LOOK_MS, options.timeoutMs - (performance.now() - start));
    try {
      const value = await within(probe(), options.attemptMs ?? leftMs, 'it', options.signal);
      if (value !== undefined) return value;
      last = 'the condition was not met';
    } catch (error) {
      options.signal.throwIfAborted();
      // What was seen before says more than that the last look was cut off.
      if (!(error instanceof TookTooLong) || last === NOTHING) last = messageOf(error);
    }
    const waitedMs = performance.now() - start;
    if (waitedMs > options.timeoutMs) {
      throw new HarnessError(
        `waited ${(waitedMs / 1000).toFixed(1)} s until ${options.what}; ${attempts} attempts, last: ${last}`,
        'Look into the logs in the run folder; on a busy machine try again or take a lower --speed.',
      );
    }
    await sleepFor(options.everyMs ?? 50, options.signal);
  }
}

/** Sleeps for so long, or throws the signal's reason; whoever sets the clock changes nothing. */
export async function sleepFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** Sleeps until an epoch time, or throws the signal's reason. */
export async function sleepUntil(epochMs: number, signal: AbortSignal): Promise<void> {
  const ms = epochMs - Date.now();
  if (ms > 0) await sleepFor(ms, signal);
  signal.throwIfAborted();
}

/**
 * The promise's result, unless it takes longer: for what has no limit of its own and might never
 * end. @throws HarnessError after `timeoutMs`; the signal's reason when aborted
 * @param what who is waited for, as the subject of a sentence
 */
export async function within<T>(
  promise: Promise<T>,
  timeoutMs: number,
  what: string,
  signal?: AbortSignal,
): Promise<T> {
  const over = new AbortController();
  const late = delay(timeoutMs, undefined, { signal: over.signal }).then(() => {
    throw new TookTooLong(
      `${what} didn't answer within ${(timeoutMs / 1000).toFixed(1)} s`,
      'Look into the logs in the run folder; on a busy machine try again.',
    );
  });
  const first = Promise.race([promise, late]);
  try {
    return await (signal ? unlessAborted(first, signal) : first);
  } finally {
    // A timer that is left behind keeps the process from ending.
    over.abort();
  }
}

/**
 * The promise's result, unless the signal is aborted first: for what can't be cancelled and might
 * never end. @throws the signal's reason, also when the promise failed of that itself
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = () => reject(signal.reason as Error);
    signal.addEventListener('abort', listener, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    if (listener) signal.removeEventListener('abort', listener);
  }
}

/**
 * Lets a signal of the process be heard that came during a long computation, before its result is
 * told. @throws the signal's reason when aborted
 */
export async function unlessInterrupted(signal: AbortSignal): Promise<void> {
  // The turn that has begun may have listened already: the next one does so once more.
  await setImmediate();
  await setImmediate();
  signal.throwIfAborted();
}
