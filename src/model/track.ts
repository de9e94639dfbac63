/** The part of an alert's life that a step belongs to. */
export type Phase =
  'settle' | 'near' | 'blip' | 'rest' | 'breach' | 'recovery' | 'provoke' | 'outage' | 'return';

/**
 * Something that the harness can set in the world, as a step function of time. `load.*` is done by
 * k6, `component.<job>` by the runtime (level 1 running, 0.5 frozen, 0 stopped), any other by an
 * actor of the technology that has it. Read and written by `src/lib/plan-names.ts`.
 */
export type SignalName = string;

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
  /** `HighErrorRate`, `TargetDown/api`. */
  id: string;
  alert: string;
  /** Labels the alert instance must carry, at least. */
  labels: Record<string, string>;
  signal: SignalName | null;
  steps: Step[];
  /** For an outage track: the alert whose notification the outage's own must inhibit. */
  follower: { alert: string; labels: Record<string, string>; signal: SignalName } | null;
  /**
   * The track that it waits for, since both act upon the same part of the world; null: it waits for
   * none.
   */
  after: string | null;
}

/**
 * An alert that may be active by right in a stretch of another one's track: both watch what is
 * moved there.
 */
export interface Companion {
  alert: string;
  labels: Record<string, string>;
  /** Whose act makes it so. */
  track: string;
  /**
   * Run time in ms after T0: from when it may be active, and until when the last person may be told
   * of its end.
   */
  fromMs: number;
  untilMs: number;
}
