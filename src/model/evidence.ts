import type { GrafanaEvidence } from './grafana-evidence.ts';

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
}

/**
 * What arrived at a receiver's own end, where people read it: a message, a mail, a call of a
 * webhook. Which alerts it is about isn't read from it; the notification it belongs to says that.
 */
export interface Delivery {
  receivedAt: number;
  /** Kind of integration that sent it: `slack`, `email`, `webhook`. */
  kind: string;
  /** To whom: channel, addresses with a comma between them, or path. */
  to: string;
  /** All human-readable text of it: title, text, subject, body. */
  text: string;
  /** The receiver's raw input, for the report. */
  raw: string;
}

/** One alert of a notification. */
export interface NotifiedAlert {
  status: 'firing' | 'resolved';
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/**
 * A notification as a fact: what Alertmanager told one integration of a receiver, by a webhook of
 * the harness's own that stands beside it (`template.Data` in Alertmanager's template/template.go).
 */
export interface Notification {
  receivedAt: number;
  /** Name of the receiver in alertmanager.yml. */
  receiver: string;
  /**
   * Kind of the integration beside which the webhook stands; null: the receiver has none, and
   * nobody is told.
   */
  kind: string | null;
  /** Whom the configuration names: channel or addresses; null where it names nobody. */
  to: string | null;
  status: 'firing' | 'resolved';
  groupKey: string;
  groupLabels: Record<string, string>;
  alerts: NotifiedAlert[];
}

/**
 * One batch of alerts that Prometheus pushed, as `POST /api/v2/alerts` has it; times are epoch ms.
 */
export interface Push {
  at: number;
  alerts: {
    labels: Record<string, string>;
    annotations: Record<string, string>;
    startsAt: number;
    endsAt: number;
  }[];
}

export interface Series {
  labels: Record<string, string>;
  /** [epoch ms, value] raw samples. */
  samples: [number, number][];
}

/**
 * What somebody outside of the judged stack knows about a metric: who made the world as it was.
 * Between two points the value stands; during a point's change it is anything between the old value
 * and the new.
 */
export interface TruthSeries {
  metric: string;
  /**
   * Labels that the series it speaks of must have; all series with these labels have this value.
   */
  labels: Record<string, string>;
  /** `level`: the value is set; `growing`: it only ever rises. */
  kind: 'level' | 'growing';
  /** Who knows it: "the synthetic host". */
  known: string;
  /**
   * Not 0 for what is looked up now and then: how far in time the look and what is judged may be
   * apart, ms. It is only known where it stands still.
   */
  lagMs: number;
  /**
   * Of connections, when only the clients' ends could be seen: one that Prometheus gave up may go
   * on at the service, where nobody sees it.
   */
  clientEnds?: true;
  /**
   * [fromMs, toMs, value]: at some moment between the two it became this value. In their order:
   * neither time ever falls.
   */
  points: [number, number, number][];
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

/** Counts up whenever what is kept changes its form. */
export const EVIDENCE_VERSION = 4;

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
  /** Raw samples of ALERTS, ALERTS_FOR_STATE and up. */
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
  /** What is known of them from outside. */
  truth: TruthSeries[];
  /** Queries that failed, with the error: never read as "nothing". */
  queryErrors: { query: string; error: string }[];
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

/**
 * The route of requests that were sent and cut off before an answer: nobody knows which of them
 * were counted.
 */
export type CutOff = 'cut off';

/** What k6 counted of one route, method and status of a service in one span of its life. */
export interface RequestCount {
  service: string;
  /** Name of a span of the load plan. */
  span: string;
  method: string;
  /** The route's template. */
  name: string;
  /** '0': no answer (refused, cut off, timed out). */
  status: string;
  count: number;
}

/**
 * Quantiles of the same requests, seconds: of how long each was asked to take, and of how long k6
 * waited for its first byte.
 */
export interface Quantiles {
  asked: Record<'0.5' | '0.95' | '0.99', number>;
  waited: Record<'0.5' | '0.95' | '0.99', number>;
}

/** k6's own quantiles of a service's time to answer in one span. */
export interface ResponseTimes extends Quantiles {
  service: string;
  span: string;
  count: number;
}

/**
 * What k6 counted at one service in one slot of time (`LoadPlan.slots`). Its quantiles are those
 * that a part of the slot's requests may have: what was asked for a little below, what was waited
 * for a little above.
 */
export interface SlotCount extends Quantiles {
  slot: number;
  all: number;
  /** Answers from 500 on, and none at all. */
  errors: number;
  /** Events that were accepted; 0 at services that take none. */
  events: number;
}

export interface K6Evidence {
  exitCode: number;
  /** Requests to the services in all. */
  requests: number;
  droppedIterations: number;
  /**
   * Add up to `requests`, but for those that were cut off: what the scenarios didn't foresee has a
   * name of its own.
   */
  counts: RequestCount[];
  times: ResponseTimes[];
  /** The same slot by slot, per service: what the panels' curves are held against. */
  slots: Record<string, SlotCount[]>;
  /**
   * For each `<track>/<phase>` that k6 did: first and last time it acted, epoch ms; and by how much
   * the latest of its acts missed a time of its own.
   */
  steps: Record<string, { first: number; last: number; count: number; lateMs?: number }>;
}
