import type { Disturbance } from './disturbance.ts';
import { CACHES } from './kinds/cache.ts';
import { CLOCKS } from './kinds/clock.ts';
import { DISK_FILLS } from './kinds/disk.ts';
import { PORTS_TAKEN } from './kinds/ports.ts';
import { PROCESSES } from './kinds/processes.ts';

/** All that can happen to a run, by name. */
export const DISTURBANCES: Record<string, Disturbance> = {
  ...PROCESSES,
  'disk fills': DISK_FILLS,
  ...CACHES,
  'ports taken': PORTS_TAKEN,
  ...CLOCKS,
};

/** Those that are done without being asked for by name. */
export const USUAL = Object.keys(DISTURBANCES).filter(
  (name) => DISTURBANCES[name]?.byNameOnly !== true,
);
