import { seededRandom } from '../../../src/lib/random.ts';
import type { Draw } from './disturbance.ts';

/** A run that isn't disturbed takes this long or longer, ms: what is drawn later hits nobody. */
const RUN_MS = 34_000;
const EARLIEST_MS = 500;

/** What is drawn for the nth run. */
export function drawOf(n: number): Draw {
  const random = seededRandom(n + 1);
  return { afterMs: EARLIEST_MS + random() * (RUN_MS - EARLIEST_MS), random };
}
