import { seededRandom } from '../../../src/lib/random.ts';

export const VICTIMS = ['harness', 'component'] as const;
export const SIGNALS = ['SIGTERM', 'SIGKILL', 'SIGSTOP'] as const;
/** A run that isn't disturbed takes about this long, ms. */
const RUN_MS = 60_000;
const EARLIEST_MS = 500;
/** Whoever is stopped goes on after this time, ms: longer than any scrape waits. */
export const STOPPED_MS = 3_000;

/** What is done to a run, and when. */
export interface Kill {
  victim: (typeof VICTIMS)[number];
  signal: (typeof SIGNALS)[number];
  /** After the run's start, ms. */
  afterMs: number;
  /** Which of the components, as a share of their number. */
  which: number;
}

/** The nth kill: victims and signals in turn, the moment and the component drawn by its number. */
export function killOf(n: number): Kill {
  const random = seededRandom(n + 1);
  const pairs = SIGNALS.flatMap((signal) => VICTIMS.map((victim) => ({ victim, signal })));
  const pair = pairs[n % pairs.length] ?? { victim: 'harness', signal: 'SIGTERM' };
  return { ...pair, afterMs: EARLIEST_MS + random() * RUN_MS, which: random() };
}
