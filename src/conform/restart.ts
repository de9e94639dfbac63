import type { Rounds } from '../model/conform.ts';

/** What client libraries tell of the process that they are in. */
const BEGAN = 'process_start_time_seconds';
/** So much it may seem to move, where it is worked out from the machine's clock. */
const DRIFT_SECONDS = 1;

/** When the process began that answered first, and the one that answered later. */
export interface Restart {
  from: number;
  to: number;
}

/**
 * Whether a service began anew between two rounds. Of several workers each tells its own beginning,
 * before and after.
 */
export function restartIn(rounds: Rounds): Restart | undefined {
  const told = rounds
    .map((round) =>
      round.flatMap(({ samples }) =>
        samples.filter(({ name }) => name === BEGAN).map(({ value }) => value),
      ),
    )
    .filter(({ length }) => length > 0);
  return told
    .slice(1)
    .map((_, i) => ({
      from: Math.max(...told.slice(0, i + 1).flat()),
      to: Math.min(...told.slice(i + 1).flat()),
    }))
    .find(({ from, to }) => to > from + DRIFT_SECONDS);
}
