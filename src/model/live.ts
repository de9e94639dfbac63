/** What the page of a stack that is kept up shows, as its server answers it. */

/** An instance of an alert that is pending or firing. */
export interface LiveInstance {
  labels: Record<string, string>;
  state: 'pending' | 'firing';
  /** For how long it has been active, run ms. */
  activeMs: number;
  /** As Prometheus writes it. */
  value: string;
}

/** A stretch in which an alert was in one state; run ms before now, so never above 0. */
export interface LiveSpan {
  state: 'pending' | 'firing';
  fromMs: number;
  toMs: number;
}

/** What can be done to make an alert happen. */
export interface LiveProvocation {
  name: string;
  /** Whether it is in force now. */
  active: boolean;
  /** Longest time until somebody is told, run ms. */
  toldWithinMs: number;
}

/** An alert rule as Prometheus has it now. */
export interface LiveAlert {
  /** The same as long as the stack is up; of letters that an anchor may have. */
  id: string;
  name: string;
  /** Its `severity` label; empty: it has none. */
  severity: string;
  state: 'inactive' | 'pending' | 'firing';
  /** Why its last evaluation failed; null: it didn't. */
  error: string | null;
  instances: LiveInstance[];
  history: LiveSpan[];
  provocations: LiveProvocation[];
  /** Its expression without the comparison, with the stack's own durations; null: not known. */
  valueExpr: string | null;
}

/** A target that Prometheus scrapes. */
export interface LiveTarget {
  job: string;
  instance: string;
  /** `up`, `down`, `unknown`. */
  health: string;
  /** Since the last scrape began, run ms; null: there was none. */
  scrapedMs: number | null;
  lastError: string;
}

export interface LiveState {
  /** How it goes, in words: `up; it is 07:00 there`. */
  status: string;
  /** How much time `history` spans, run ms. */
  historyMs: number;
  alerts: LiveAlert[];
  targets: LiveTarget[];
}

/** Curves of a query, times in run seconds before now; a gap is null. */
export interface LiveCurves {
  /** What was really asked, with the durations of the run. */
  query: string;
  times: number[];
  curves: { name: string; values: (number | null)[] }[];
  /** How many more there were. */
  leftOut: number;
}

/** A message as it arrived at people's end. */
export interface LiveNotice {
  /** Epoch ms. */
  receivedAt: number;
  kind: string;
  to: string;
  status: 'firing' | 'resolved';
  alertname: string;
  severity: string;
  text: string;
}
