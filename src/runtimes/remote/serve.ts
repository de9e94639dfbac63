import { HarnessError, messageOf } from '../../lib/errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Order, RuntimeAsk } from './protocol.ts';

/** Carries out on a runtime what was asked of it; what comes of it, as JSON has it. */
export async function carryOut(
  runtime: Runtime,
  ask: RuntimeAsk,
  signal: AbortSignal,
): Promise<unknown> {
  const { verb, name } = ask;
  switch (verb) {
    case 'start':
    case 'freeze':
      await runtime[verb](name, signal);
      return null;
    case 'thaw':
      return runtime.thaw(name);
    case 'stop':
      await runtime.stop(name);
      return null;
    case 'logs':
      return runtime.logs(name);
    case 'exec':
      return runtime.exec(name, ask.command, ask.timeoutMs, signal);
    case 'takeOut':
      await runtime.takeOut(name, ask.path, ask.to, signal);
      return null;
  }
}

/**
 * What is told of a component that died by itself.
 * @param isMissed whether the rest can't go on without it
 */
export function deathOf(name: string, error: HarnessError, isMissed: boolean): Order {
  const { message, advice } = error;
  return isMissed ? { type: 'crash', message, advice } : { type: 'lost', name, message };
}

/** The answer to a call: what came of the work, or why it failed. */
export async function answerTo(
  id: number,
  work: Promise<unknown>,
): Promise<Extract<Order, { type: 'done' }>> {
  try {
    return { type: 'done', id, failure: null, result: await work };
  } catch (error) {
    const advice = error instanceof HarnessError ? error.advice : "The words are the engine's own.";
    return { type: 'done', id, failure: { message: messageOf(error), advice }, result: null };
  }
}
