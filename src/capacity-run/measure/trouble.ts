import { messageOf } from '../../lib/errors.ts';
import { until } from '../../lib/wait.ts';
import type { StepMeasurement } from '../../model/capacity-step.ts';
import type { CapacityAccount } from '../../model/capacity-load.ts';

type Trouble = StepMeasurement['trouble'];

/** How long a target is waited for. */
export interface Patience {
  /** What isn't overloaded answers within, ms. */
  answerWithinMs: number;
  /** What was overloaded may take this long until it answers again, ms. */
  recoverWithinMs: number;
}

export const PATIENCE: Patience = { answerWithinMs: 5_000, recoverWithinMs: 20_000 };

/**
 * Asks a target once, before anything is sent: whether it refuses, or takes the connection and says
 * nothing. Null when it answers, whatever it says.
 */
export async function troubleBefore(
  name: string,
  url: string,
  { answerWithinMs } = PATIENCE,
): Promise<Trouble> {
  try {
    await ask(url, answerWithinMs);
    return null;
  } catch (error) {
    if (isTimeout(error))
      return {
        kind: 'hung',
        detail: `${name} (${url}) gave no answer within ${answerWithinMs / 1000} s, before any load`,
      };
    return { kind: 'refused', detail: `${name} (${url}) can't be reached: ${causeOf(error)}` };
  }
}

/**
 * What k6's account says of a target that went away, or that never answered. Null when it answered.
 */
export function troubleWithin(account: CapacityAccount): Trouble {
  for (const [name, { sent, unanswered, refused }] of Object.entries(account.parts)) {
    if (refused > 0)
      return {
        kind: 'died',
        detail: `${name} refused ${refused} of ${sent} requests: nothing listened there any more`,
      };
    if (sent > 0 && unanswered === sent)
      return { kind: 'hung', detail: `${name} took ${sent} requests and answered none` };
  }
  return null;
}

/** Whether a target answers again once the load is gone. Null when it does. */
export async function troubleAfter(
  name: string,
  url: string,
  signal: AbortSignal,
  { answerWithinMs, recoverWithinMs } = PATIENCE,
): Promise<Trouble> {
  let last: unknown;
  try {
    await until(
      async () => {
        try {
          await ask(url, answerWithinMs);
          return true;
        } catch (error) {
          last = error;
          throw error;
        }
      },
      { what: `${name} answers again`, timeoutMs: recoverWithinMs, everyMs: 100, signal },
    );
    return null;
  } catch (error) {
    signal.throwIfAborted();
    if (isTimeout(last))
      return {
        kind: 'hung',
        detail: `${name} gave no answer for ${recoverWithinMs / 1000} s after the load was gone`,
      };
    return {
      kind: 'died',
      detail: `${name} answered before the load and not after it: ${causeOf(last ?? error)}`,
    };
  }
}

async function ask(url: string, withinMs: number): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(withinMs), redirect: 'manual' });
  await response.body?.cancel();
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

/** fetch hides what happened in the cause of its error. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error
    ? messageOf(error.cause)
    : messageOf(error);
}
