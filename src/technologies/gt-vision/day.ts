import type { Moment } from '../day.ts';

/** A camera loses its connection about this often, and for this long (model minutes). */
const FLAP_EVERY_MIN = 47;
const FLAP_MIN = 4;

/**
 * What k6 does on an ordinary day: requests and streams with the hours, and a camera that flaps now
 * and then.
 */
export function dayOfServices({ busy, minutes }: Moment): Record<string, number> {
  const flaps = minutes % FLAP_EVERY_MIN < FLAP_MIN ? 3 : 0;
  return {
    'load.requests': busy,
    'load.streams': Math.round(2 + 10 * busy),
    'load.recordings': Math.round(1 + 8 * busy),
    'load.cameras-offline': 2 + flaps,
    'load.recording-errors': 0.01 * busy,
    'load.errors.backend': 0.004,
    'load.slow.ai': 0.005,
  };
}
