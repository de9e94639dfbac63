import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HarnessError } from '../../lib/errors.ts';
import type { RunCall, RunEvent, RunOrder } from '../events.ts';

/** The harness outside, who alone may speak to a container engine: what it is asked to do, and what it tells by itself. */
export class Outside {
  private readonly emit: (event: RunEvent) => void;
  private readonly waiting = new Map<number, { resolve: () => void; reject: (error: unknown) => void }>();
  private calls = 0;
  /** Called when a component has died by itself. */
  onCrash: (error: HarnessError) => void = () => undefined;

  /**
   * @param input lines of {@link RunOrder}
   * @param emit sends to the harness outside
   */
  constructor(input: Readable, emit: (event: RunEvent) => void) {
    this.emit = emit;
    createInterface({ input }).on('line', (line) => (line === '' ? undefined : this.take(JSON.parse(line) as RunOrder)));
  }

  /** Has something done. Throws HarnessError when it can't be done, the signal's reason when aborted. */
  async ask(verb: RunCall['verb'], service: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const id = ++this.calls;
    const abort = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
    const done = new Promise<void>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.emit({ type: 'call', id, verb, service });
    await Promise.race([done, abort]).finally(() => this.waiting.delete(id));
  }

  private take(order: RunOrder): void {
    if (order.type === 'crash') return this.onCrash(new HarnessError(order.message, order.advice));
    // Podman hands the body of the client's own request on as well.
    if (order.type !== 'done') return;
    const waiting = this.waiting.get(order.id);
    if (order.failure) waiting?.reject(new HarnessError(order.failure.message, order.failure.advice));
    else waiting?.resolve();
  }
}
