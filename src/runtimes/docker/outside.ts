import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HarnessError } from '../../lib/errors.ts';
import { unlessAborted } from '../../lib/wait.ts';
import type { Looks, RunAsk, RunEvent, RunOrder } from '../../run/events.ts';

/** The harness outside, who alone may speak to a container engine: what it is asked to do, and what it tells by itself. */
export class Outside {
  private readonly emit: (event: RunEvent) => void;
  private readonly waiting = new Map<
    number,
    { resolve: (looks: Looks) => void; reject: (error: unknown) => void }
  >();
  private calls = 0;
  private crash: HarnessError | undefined;
  private crashed: ((error: HarnessError) => void) | undefined;

  /**
   * @param input lines of {@link RunOrder}
   * @param emit sends to the harness outside
   */
  constructor(input: Readable, emit: (event: RunEvent) => void) {
    this.emit = emit;
    createInterface({ input }).on('line', (line) =>
      line === '' ? undefined : this.take(JSON.parse(line) as RunOrder),
    );
  }

  /** Calls this when a component has died by itself; at once if one has died before anybody listened. */
  onCrash(listener: (error: HarnessError) => void): void {
    this.crashed = listener;
    if (this.crash) listener(this.crash);
  }

  /**
   * Has something done.
   * @returns what was seen, if it was to look
   * @throws HarnessError when it can't be done, the signal's reason when aborted
   */
  async ask(what: RunAsk, signal: AbortSignal): Promise<Looks> {
    signal.throwIfAborted();
    const id = ++this.calls;
    const done = new Promise<Looks>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.emit({ type: 'call', id, ...what });
    return await unlessAborted(done, signal).finally(() => this.waiting.delete(id));
  }

  private take(order: RunOrder): void {
    if (order.type === 'crash') {
      this.crash ??= new HarnessError(order.message, order.advice);
      return this.crashed?.(this.crash);
    }
    // Podman hands the body of the client's own request on as well.
    if (order.type !== 'done') return;
    const waiting = this.waiting.get(order.id);
    if (order.failure)
      waiting?.reject(new HarnessError(order.failure.message, order.failure.advice));
    else waiting?.resolve(order.looks);
  }
}
