/** What a run recorded. All times are epoch ms of the one machine's clock unless the name says otherwise. */

/** A step of the plan as it really happened. */
export interface TimelineEntry {
  /** `<track>/<phase>` as in SignalStep.step. */
  step: string;
  signal: string;
  level: number;
  plannedAt: number;
  /** When it took effect; for a component's return: when it answered again. */
  at: number;
}

/** One alert of one notification, as a receiver got it. */
export interface Notification {
  receivedAt: number;
  /** The contract's kind of receiver that got it. */
  kind: 'slack' | 'email' | 'webhook';
  /** To whom: channel, address or path. */
  to: string;
  status: 'firing' | 'resolved';
  /** Group labels and common labels as far as the format tells them (Slack and e-mail: read from the text). */
  alertname: string;
  labels: Record<string, string>;
  /** All human-readable text of it: title, text, subject, body. */
  text: string;
  /** The receiver's raw input, for the report. */
  raw: string;
}

export interface Series {
  labels: Record<string, string>;
  /** [epoch ms, value] raw samples. */
  samples: [number, number][];
}

export interface GroupHealth {
  name: string;
  intervalMs: number;
  /** One evaluation time of its grid, epoch ms. */
  evaluationAt: number;
  iterationsMissed: number;
  lastDurationMs: number;
}

export interface Evidence {
  schemaVersion: 1;
  runId: string;
  startedAt: number;
  /** T0 of the plan, epoch ms; null when the run never got there. */
  t0: number | null;
  endedAt: number;
  /** Why the run stopped early, if it did: then nothing after it is judged as passed. */
  interruption: { at: number; reason: string; detail: string } | null;
  timeline: TimelineEntry[];
  notifications: Notification[];
  /** Raw samples of ALERTS, ALERTS_FOR_STATE and up. */
  series: Series[];
  /** For each alert: its expression without the comparison, at each evaluation, for the report. */
  expressions: Record<string, Series[]>;
  groups: GroupHealth[];
  /** Queries that failed, with the error: never read as "nothing". */
  queryErrors: { query: string; error: string }[];
  k6: K6Evidence | null;
  versions: Record<string, string>;
  /** When the harness's own clockwork (a timer that should fire every 20 ms) was held up for over 100 ms, since T0. */
  lags: { at: number; ms: number }[];
  /** Wall time per stage of the run, ms. */
  wall: { startupMs: number; tracksMs: number; teardownMs: number };
}

export interface K6Evidence {
  exitCode: number;
  /** Per `<service> <status>` counts, and totals. */
  requests: number;
  droppedIterations: number;
  byNameStatus: Record<string, number>;
  /** For each `<track>/<phase>` that k6 did: first and last time it acted, epoch ms. */
  steps: Record<string, { first: number; last: number; count: number }>;
}
