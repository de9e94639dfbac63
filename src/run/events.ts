import type { CapacityLoad } from '../model/capacity-load.ts';

/** What the run inside its namespaces tells the harness outside, one JSON object a line on its standard output. */
export type RunEvent =
  | { type: 'line'; text: string }
  | { type: 'phase'; text: string }
  /** Something was done to the world, so long after T0. */
  | { type: 'step'; atMs: number; step: string; signal: string; level: number }
  /** A stack that is kept up answers. */
  | { type: 'up' }
  | { type: 'update'; phase: string; doneMs: number; totalMs: number; waitingFor: string };

/** What the harness hands to the run inside: paths only; the plan itself is a file. */
export interface RunRequest {
  runId: string;
  runDir: string;
  projectDir: string;
  k6: string;
  versions: Record<string, string>;
  /** Keep the stack up with a day of load, instead of running the plan's tracks. */
  live: boolean;
  /** A load that lasts from T0 to the end of the tracks, beside the plan's own; none: null. */
  background: CapacityLoad | null;
}
