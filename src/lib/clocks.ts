import { HarnessError } from './errors.ts';

/**
 * The wall clock may be moved by this much from one look to the next without a word, ms: half of
 * what the windows of verdicts allow for round trips.
 */
const STEP_MS = 250;
/** Between both readings no more may pass, ms: else they are of two moments. */
const AT_ONCE_MS = 5;
const READINGS = 100;

/** Both clocks of the machine at one moment, ms. */
export interface Clocks {
  /** Epoch; a person, a time service or a sleeping machine may move it. */
  wall: number;
  /** Since whenever; nobody moves it. */
  steady: number;
}

/** What both clocks say now. */
export function readClocks(): Clocks {
  let read: Clocks = { wall: 0, steady: 0 };
  for (let i = 0; i < READINGS; i++) {
    const before = performance.now();
    read = { wall: Date.now(), steady: performance.now() };
    if (read.steady - before < AT_ONCE_MS) break;
  }
  return read;
}

/** By how much the wall clock was stepped between two looks, ms; 0: it went on as it should. */
export function steppedBetween(before: Clocks, now: Clocks): number {
  const ms = now.wall - before.wall - (now.steady - before.steady);
  return Math.abs(ms) < STEP_MS ? 0 : ms;
}

/** The clock of the machine was stepped in the middle: nothing can be compared across that. */
export class ClockStepped extends HarnessError {
  override name = 'ClockStepped';
  /** The last moment before it, epoch ms. */
  readonly at: number;
  /** @param stepMs forward where positive */
  constructor(at: number, stepMs: number) {
    const seconds = `${stepMs > 0 ? '+' : ''}${(stepMs / 1_000).toFixed(1)} s`;
    const when = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
    super(
      `the machine's clock was stepped by ${seconds} at ${when} UTC`,
      'What was recorded before and after it has no common time: run it again. If it happens ' +
        'often, look at what sets the clock: a time service, or a virtual machine that sleeps.',
    );
    this.at = at;
  }
}
