import type { GrafanaEvidence } from './grafana-evidence.ts';
import type { K6Evidence } from './k6-evidence.ts';
import type { Delivery, Notification, Push } from './notification.ts';
import type { Series } from './series.ts';
import type { TruthSeries } from './truth-series.ts';

/**
 * What a run recorded. All times are epoch ms of the one machine's clock unless the name says
 * otherwise.
 */

/** A step of the plan as it really happened. */
export interface TimelineEntry {
  /** `<track>/<phase>` as in SignalStep.step. */
  step: string;
  signal: string;
  level: number;
  plannedAt: number;
  /** When it took effect; for a component's return: when it answered again. */
  at: number;
  /** When it was surely in effect: an engine takes its time to stop a container. */
  doneAt: number;
  /** Set where it had stood still before, and somebody else had let it go on. */
  wentOn?: true;
}

/** A target that answered the harness, and that Prometheus couldn't scrape when the run began. */
export interface UnscrapedTarget {
  job: string;
  /** Prometheus's own words (`lastError`). */
  error: string;
}

/** What Prometheus says a target calls a metric. */
export interface MetricMetadata {
  job: string;
  metric: string;
  type: string;
}

/** What Prometheus answered to a panel's query. */
export interface PanelAnswer {
  /** With every variable replaced. */
  query: string;
  /** When, epoch ms; null: it never was. */
  askedAt: number | null;
  /** Null when the query failed: then the error is in `error`. */
  series: Series[] | null;
  error: string | null;
  /**
   * The same query with other choices of its variables, and whether it had data; an error in words.
   */
  choices: { chosen: string; series: number | string }[];
}

/** A rule group of the run: file and name together say which. */
export interface GroupHealth {
  /** Path of its file, as Prometheus has it. */
  file: string;
  name: string;
  intervalMs: number;
  /** One evaluation time of its grid, epoch ms. */
  evaluationAt: number;
  iterationsMissed: number;
  lastDurationMs: number;
  /** All times for which it was evaluated, epoch ms: what its rules wrote carries them. */
  evaluations: number[];
}

/** What a real program answered that ran beside its stand-in: one scrape, at the end. */
export interface OriginalEvidence {
  /** Its service in the run: `real-storage`. In what is kept of it that is its job. */
  service: string;
  /** The job that scrapes its stand-in. */
  job: string;
  /** What was scraped. */
  url: string;
  /** Why nothing is known of it, in words; null: it answered. */
  error: string | null;
  /** Every sample of it. */
  metrics: Series[];
  metadata: MetricMetadata[];
  /** What its own client knows. */
  truth: TruthSeries[];
}

/** A query that failed. */
export interface QueryError {
  query: string;
  error: string;
  /** Set where Prometheus itself said so: it can't be evaluated. */
  refused?: true;
}

/** The queries that alerts are judged by, as `queryErrors` names them. */
export const STATE_QUERIES = ['ALERTS', 'ALERTS_FOR_STATE', 'up', 'scrape_duration_seconds'];
export const GROUPS_QUERY = 'rules';

/** Counts up whenever what is kept changes its form. */
export const EVIDENCE_VERSION = 5;

/** Why a stack that was kept up went down: on purpose. */
export const ENDED = 'ended';

export interface Evidence {
  schemaVersion: typeof EVIDENCE_VERSION;
  runId: string;
  startedAt: number;
  /** T0 of the plan, epoch ms; null when the run never got there. */
  t0: number | null;
  endedAt: number;
  /** Why the run stopped early, if it did: then nothing after it is judged as passed. */
  interruption: { at: number; reason: string; detail: string } | null;
  /** Targets that never came up, though they answered the harness; absent: none. */
  unscraped?: UnscrapedTarget[];
  timeline: TimelineEntry[];
  /** What Alertmanager notified, integration by integration. */
  notifications: Notification[];
  /** What arrived at people's end. */
  deliveries: Delivery[];
  /**
   * Folder in the run's folder with Prometheus's own blocks; null: they couldn't be kept, see
   * `queryErrors`.
   */
  blocks: string | null;
  /** What Prometheus pushed to Alertmanager. */
  pushes: Push[];
  /** Raw samples of what alerts are judged by: see `STATE_QUERIES`. */
  series: Series[];
  /** For each alert: its expression without the comparison, at each evaluation, for the report. */
  expressions: Record<string, Series[]>;
  groups: GroupHealth[];
  /** Raw samples of every metric of the contract, as Prometheus stored them. */
  metrics: Series[];
  metadata: MetricMetadata[];
  /**
   * Prometheus's answers to the plan's questions, by id; a question that failed is among the query
   * errors only.
   */
  answers: Record<string, { labels: Record<string, string>; value: number }[]>;
  /**
   * Each panel's queries by `<panel id> <refId>`: as they were run, and what Prometheus answered.
   */
  panels: Record<string, PanelAnswer>;
  /** Variables of dashboards, by placeholder: the values that Prometheus knows. */
  variables: Record<string, string[]>;
  /** What Grafana itself said; null where it isn't there, or nothing of it is judged. */
  grafana: GrafanaEvidence | null;
  /** Real programs that ran beside their stand-ins; absent: there were none. */
  originals?: OriginalEvidence[];
  /** What somebody outside of the stack knows: what its metrics and its panels have to say. */
  truth: TruthSeries[];
  /** Queries that failed, with the error: never read as "nothing". */
  queryErrors: QueryError[];
  k6: K6Evidence | null;
  versions: Record<string, string>;
  /** What the runtime can't judge at all, and why. */
  notJudged: { what: string; why: string }[];
  /**
   * When the harness's own clockwork (a timer that should fire every 20 ms) was held up for over
   * 100 ms, since T0.
   */
  lags: { at: number; ms: number }[];
  /** Wall time per stage of the run, ms. */
  wall: { startupMs: number; tracksMs: number; teardownMs: number };
}
