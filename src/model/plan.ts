import type { StackFile } from './spec.ts';

/** The part of an alert's life that a step belongs to. */
export type Phase = 'settle' | 'near' | 'blip' | 'rest' | 'breach' | 'recovery' | 'provoke' | 'outage' | 'return';

/**
 * Something the harness can set in the world, as a step function of time.
 * `host-*` and `disk-free` are written by the synthetic host, `load.*` is done by k6, `component.<job>` by the runtime
 * (level 1 running, 0.5 frozen, 0 stopped).
 */
export type SignalName =
  | 'host-cpu'
  | 'host-memory'
  | 'disk-free'
  | `load.errors.${string}`
  | `load.slow.${string}`
  | 'load.streams'
  | 'load.cameras-offline'
  | 'load.recording-errors'
  | `component.${string}`;

/** One step of a signal: from `atMs` (run time, ms after T0) the signal has this level. */
export interface SignalStep {
  atMs: number;
  level: number;
  /** `<track>/<phase>`, so that the timeline, k6's tags and the verdicts speak of the same step. */
  step: string;
}

export interface Step {
  phase: Phase;
  /** Run time in ms after T0 (already divided by the speed). */
  startMs: number;
  endMs: number;
  level: number;
}

/** The life of one alert instance in a run: what is done to it, one step after the other. */
export interface Track {
  /** `HighErrorRate`, `ServiceDown/backend`. */
  id: string;
  alert: string;
  /** Labels the alert instance must carry, at least. */
  labels: Record<string, string>;
  signal: SignalName | null;
  steps: Step[];
  /** For an outage track: the alert whose notification ServiceDown must inhibit. */
  follower: { alert: string; labels: Record<string, string>; signal: SignalName } | null;
}

/** How long each state change may take, in run ms; from the formulas in docs/timing.md. */
export interface Timing {
  scrapeMs: number;
  scrapeTimeoutMs: number;
  evaluationMs: number;
  forMs: number;
  windowMs: number;
  groupWaitMs: number;
  groupIntervalMs: number;
  /** Longest time the stimulus itself takes to show (a slow answer is counted when it ends). */
  responseMs: number;
  /** Stated allowance for round trips and scheduling. */
  epsilonMs: number;
}

export interface AlertPlan {
  alert: string;
  severity: 'critical' | 'warning' | 'none';
  /** Who must be told, and at which channel or address (null: not promised). */
  receivers: { name: string; kind: 'slack' | 'email' | 'webhook'; to: string | null }[];
  says: string[];
  timing: Timing;
}

export interface CriticalPathEntry {
  name: string;
  ms: number;
}

/** Constant facts of the load, run-time rates (per real second). */
export interface LoadPlan {
  /** Requests per second to each service; constant for the whole run. */
  requestsPerSecond: Record<'backend' | 'streaming' | 'ai', number>;
  /** LPR events per second. */
  lprPerSecond: number;
  /** Delay in ms of the answers that make p95 sit just under its limit, and their constant share on the services with a `load.slow.*` signal. */
  tailMs: number;
  tailShare: number;
  /** Delay in ms of the answers over the limit. */
  slowMs: number;
  /** Recording errors per model second are done this many times faster. */
  speed: number;
  cameras: number;
  signals: Record<string, SignalStep[]>;
  lengthMs: number;
}

/** Everything a run does and everything its evidence is judged by. Plain data; printable before anything starts. */
export interface Plan {
  schemaVersion: 1;
  stackName: string;
  speed: number;
  /** The stack's files with every duration divided by the speed. */
  files: StackFile[];
  prometheusFlags: string[];
  jobs: { name: string; target: string; metricsPath: string; component: string; toldBySilence: string | null }[];
  /** Watchdog's alert name and the longest time between two of its notifications, run ms. */
  watchdog: { alert: string; everyMs: number };
  /** T0 lies on the evaluation grid of this rule group (blips of short alerts need to know it). */
  alignToGroup: string | null;
  alerts: AlertPlan[];
  tracks: Track[];
  signals: Record<string, SignalStep[]>;
  load: LoadPlan;
  /** From T0 to the end of the last track, ms. */
  lengthMs: number;
  criticalPath: CriticalPathEntry[];
  /** Each alert rule: where it is, its expression as written, as run, and as run without its comparison. */
  rules: Record<string, { file: string; line: number; column: number; expr: string; runExpr: string; valueExpr: string }>;
}
