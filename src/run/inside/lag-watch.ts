/** How often the harness looks at the clock, ms. */
const EVERY_MS = 20;
/** Later than this is put on record, ms. */
const LATE_MS = 100;

/**
 * Notes when the harness itself was held up: what it did or wrote down then can't be relied upon.
 */
export class LagWatch {
  readonly lags: { at: number; ms: number }[] = [];
  private last = Date.now();
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.timer);
    return Promise.resolve();
  }

  private look(): void {
    const at = Date.now();
    const ms = at - this.last;
    this.last = at;
    if (ms > LATE_MS) this.lags.push({ at, ms });
  }
}
