import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { HarnessError } from '../../lib/errors.ts';
import { objectIn } from '../../lib/json-line.ts';
import { unlessAborted } from '../../lib/wait.ts';
import type { Call, Order } from './protocol.ts';

/** The way to somebody who carries out what is asked, and tells by itself when a component dies. */
export class Channel<Ask> {
  private readonly emit: (call: Call<Ask>) => void;
  private readonly waiting = new Map<
    number,
    { resolve: (result: unknown) => void; reject: (error: unknown) => void }
  >();
  private calls = 0;
  private readonly lost = new Map<string, string>();
  private crash: HarnessError | undefined;
  private crashed: ((error: HarnessError) => void) | undefined;

  /**
   * @param input lines of {@link Order}
   * @param emit sends a call
   */
  constructor(input: Readable, emit: (call: Call<Ask>) => void) {
    this.emit = emit;
    createInterface({ input }).on('line', (line) => {
      // Podman hands the body of the client's own request on as well.
      const order = objectIn(line) as Order | undefined;
      if (order) this.take(order);
    });
  }

  /**
   * Calls this when a component has died by itself; at once if one has died before anybody
   * listened.
   */
  onCrash(listener: (error: HarnessError) => void): void {
    this.crashed = listener;
    if (this.crash) listener(this.crash);
  }

  /** Why a component without which the rest goes on died by itself; undefined while it hasn't. */
  whyLost(name: string): string | undefined {
    return this.lost.get(name);
  }

  /**
   * Has something done.
   * @returns what came of it
   * @throws HarnessError when it can't be done, the signal's reason when aborted
   */
  async ask(what: Ask, signal?: AbortSignal): Promise<unknown> {
    signal?.throwIfAborted();
    const id = ++this.calls;
    const done = new Promise<unknown>((resolve, reject) =>
      this.waiting.set(id, { resolve, reject }),
    );
    this.emit({ type: 'call', id, ...what });
    return await (signal ? unlessAborted(done, signal) : done).finally(() =>
      this.waiting.delete(id),
    );
  }

  private take(order: Order): void {
    if (order.type === 'crash') {
      this.crash ??= new HarnessError(order.message, order.advice);
      return this.crashed?.(this.crash);
    }
    if (order.type === 'lost') {
      if (!this.lost.has(order.name)) this.lost.set(order.name, order.message);
      return;
    }
    if (order.type !== 'done') return;
    const waiting = this.waiting.get(order.id);
    if (order.failure)
      waiting?.reject(new HarnessError(order.failure.message, order.failure.advice));
    else waiting?.resolve(order.result);
  }
}
