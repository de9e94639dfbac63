import { HarnessError, messageOf } from '../lib/errors.ts';
import { lastLines } from '../lib/last-lines.ts';
import { until } from '../lib/wait.ts';
import type { Component, Runtime } from './runtime.ts';

const EVERY_MS = 30;
/** What was asked while it started may never be answered, though it answers by now, ms. */
const ATTEMPT_MS = 5_000;

/**
 * Waits until a component that was started answers.
 * @throws HarnessError with its last words when it doesn't in time; the signal's reason when
 * aborted
 */
export async function untilAnswers(
  runtime: Pick<Runtime, 'logs'>,
  { name, ready, readyWithinMs }: Component,
  signal: AbortSignal,
): Promise<void> {
  try {
    await until(() => ready().then(() => true), {
      what: `${name} answers`,
      timeoutMs: readyWithinMs,
      everyMs: EVERY_MS,
      attemptMs: ATTEMPT_MS,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    const said = lastLines(await runtime.logs(name).catch(messageOf));
    throw new HarnessError(
      `${messageOf(error)}; ${said === '' ? 'it wrote nothing' : `its last words: ${said}`}`,
      error instanceof HarnessError ? error.advice : 'Look into its log in the run folder.',
      { cause: error },
    );
  }
}

/** The address of a name. @throws Error when it has none: a fault of the harness */
export function addressIn(addresses: Record<string, string>, host: string): string {
  const address = addresses[host];
  if (address === undefined) throw new Error(`no address is known of ${host}`);
  return address;
}
