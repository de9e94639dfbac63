import { ClockStepped, readClocks, steppedBetween } from './clocks.ts';

/** How often the harness looks at the clock, ms. */
const EVERY_MS = 20;
/** Later than this is put on record, ms. */
const LATE_MS = 100;

/**
 * Notes when the harness itself was held up: what it did or wrote down then can't be relied upon.
 * Tells when the machine's clock was stepped.
 */
export class LagWatch {
  readonly lags: { at: number; ms: number }[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly onStep: (step: ClockStepped) => void;
  private readonly read: typeof readClocks;
  private last: ReturnType<typeof readClocks>;

  /** @param read what both clocks say */
  constructor(onStep: (step: ClockStepped) => void, read = readClocks) {
    this.onStep = onStep;
    this.read = read;
    this.last = read();
    this.timer = setInterval(() => this.look(), EVERY_MS);
  }

  [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.timer);
    return Promise.resolve();
  }

  /** Compares both clocks with what they said at the last look. */
  look(): void {
    const before = this.last;
    const now = this.read();
    this.last = now;
    const ms = now.steady - before.steady;
    if (ms > LATE_MS) this.lags.push({ at: now.wall, ms });
    const stepMs = steppedBetween(before, now);
    if (stepMs !== 0) this.onStep(new ClockStepped(before.wall, stepMs));
  }
}
