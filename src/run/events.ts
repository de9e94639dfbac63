import { objectIn } from '../lib/json-line.ts';
import type { ProgressUpdate } from '../lib/progress.ts';
import type { CapacityLoad } from '../model/capacity-load.ts';
import type { Logins, OriginalPlan } from '../model/containers.ts';
import type { DashboardLook } from '../model/grafana-evidence.ts';
import type { Channel } from '../runtimes/remote/channel.ts';
import type { Call, RuntimeAsk } from '../runtimes/remote/protocol.ts';

/**
 * What the run inside its world tells the harness outside, one JSON object a line on its standard
 * output.
 */
export type RunEvent =
  | { type: 'line'; text: string }
  | { type: 'phase'; text: string }
  /** Something was done to the world, so long after T0. */
  | { type: 'step'; atMs: number; step: string; signal: string; level: number }
  /** A stack that is kept up answers. */
  | { type: 'up' }
  | ({ type: 'update' } & ProgressUpdate)
  | RunCall;

/** What the run inside asks of the harness outside, who alone may speak to a container engine. */
export type RunAsk =
  | RuntimeAsk
  /**
   * Open the dashboards in a browser, at what happened between these two times, epoch ms; the
   * answer: {@link Looks}.
   */
  | { verb: 'look'; fromMs: number; toMs: number };

export type RunCall = Call<RunAsk>;

/** The way from the run inside to the harness outside. */
export type Outside = Channel<RunAsk>;

/** What a browser showed of each dashboard, by uid; null: there is no browser. */
export type Looks = Record<string, DashboardLook> | null;

/** What the harness hands to the run inside: paths only; the plan itself is a file. */
export interface RunRequest {
  runId: string;
  runDir: string;
  projectDir: string;
  k6: string;
  versions: Record<string, string>;
  /** What this runtime can't judge at all, and why. */
  notJudged: { what: string; why: string }[];
  /** Keep the stack up with a day of load, instead of running the plan's tracks. */
  live: boolean;
  /** A load that lasts from T0 to the end of the tracks, beside the plan's own; none: null. */
  background: CapacityLoad | null;
  /** Set when the components are containers; else they are processes beside the run inside. */
  containers: ContainerWorld | null;
}

/** The run's world as containers, as the one that the run inside is in sees it. */
export interface ContainerWorld {
  /** Address of every name of the stack, and of the run's own receivers. */
  addresses: Record<string, string>;
  /** Which service of the compose file is behind each job. */
  services: Record<string, string>;
  /** Services that no job scrapes. */
  backing: string[];
  /** Which of those run beside a stand-in. */
  originals: OriginalPlan[];
  logins: Logins;
}

/**
 * A line of the run inside as its event; what is none (a program's own words) as a line to be
 * shown.
 */
export function eventOf(line: string): RunEvent {
  return (objectIn(line) as RunEvent | undefined) ?? { type: 'line', text: line };
}
