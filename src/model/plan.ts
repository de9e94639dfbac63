import type { SourceRef } from './source.ts';
import type { StackFile } from './spec.ts';

/** The part of an alert's life that a step belongs to. */
export type Phase =
  'settle' | 'near' | 'blip' | 'rest' | 'breach' | 'recovery' | 'provoke' | 'outage' | 'return';

/**
 * Something that the harness can set in the world, as a step function of time. `load.*` is done by k6, `component.<job>`
 * by the runtime (level 1 running, 0.5 frozen, 0 stopped), any other by an actor of the technology that has it.
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
  /** `HighErrorRate`, `ServiceDown/api`. */
  id: string;
  alert: string;
  /** Labels the alert instance must carry, at least. */
  labels: Record<string, string>;
  signal: SignalName | null;
  steps: Step[];
  /** For an outage track: the alert whose notification ServiceDown must inhibit. */
  follower: { alert: string; labels: Record<string, string>; signal: SignalName } | null;
  /** The track that it waits for, since both act upon the same part of the world; null: it waits for none. */
  after: string | null;
}

/** An alert that may be active by right in a stretch of another one's track: both watch what is moved there. */
export interface Companion {
  alert: string;
  labels: Record<string, string>;
  /** Whose act makes it so. */
  track: string;
  /** Run time in ms after T0: from when it may be active, and until when the last person may be told of its end. */
  fromMs: number;
  untilMs: number;
}

/**
 * What the times of one alert's state changes follow from, by the formulas in docs/timing.md; run ms.
 * First what is the stack's own and was divided by the speed, then what no speed divides.
 */
export interface Timing {
  scrapeMs: number;
  scrapeTimeoutMs: number;
  evaluationMs: number;
  forMs: number;
  keepFiringForMs: number;
  windowMs: number;
  groupWaitMs: number;
  groupIntervalMs: number;
  /** Longest time the stimulus itself takes to show (a slow answer is counted when it ends). */
  responseMs: number;
  /** Stated allowance for round trips and scheduling. */
  epsilonMs: number;
  /** The smaller one that a blip may spend. */
  blipEpsilonMs: number;
  /** How much earlier than it would have to be a component is frozen. */
  freezeMarginMs: number;
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
  /** Streams of requests, by name; each rate is constant for the whole run. */
  arrivals: Record<string, Arrivals>;
  /** Delay in ms of the answers that make p95 sit just under its limit, and their constant share on the services with a `load.slow.*` signal. */
  tailMs: number;
  tailShare: number;
  /** Delay in ms of the answers over the limit. */
  slowMs: number;
  /** Recording errors per model second are done this many times faster. */
  speed: number;
  /** How many there are of something that the scenarios have to know. */
  constants: Record<string, number>;
  signals: Record<string, SignalStep[]>;
  /** The lives of each service, one after the other: what k6 counts in one of them can be held against the service's own counters. */
  spans: Record<string, Span[]>;
  /** Requests for as many ids, paths and statuses as there are: per service, from when and how many a second. */
  probes: Record<string, { startMs: number; perSecond: number }>;
  /** Length of a slot: what k6 did is also counted slot by slot, run ms. */
  slotMs: number;
  /** When k6 ends: early enough for its last request to be scraped. */
  lengthMs: number;
}

/** Requests that arrive at a constant rate, however fast they are answered. */
export interface Arrivals {
  /** In words, for people. */
  title: string;
  /** The service that they go to. */
  service: string;
  perSecond: number;
}

/** A stretch of a service's life, named after what is true of the requests that begin in it. */
export interface Span {
  /** `life 1`, `rest of life 1` (from its freeze on), `end of life 1`, `start of life 2`, `life 2`, … */
  name: string;
  /** Run time in ms after T0; a span begins where the one before it ends. */
  untilMs: number;
  /** Whether each request in it is answered, and the answer surely scraped before the service stops. */
  exact: boolean;
}

/** What the contract promises of a metric. */
export interface MetricPlan {
  name: string;
  type: 'counter' | 'gauge' | 'histogram';
  jobs: string[];
  labels: string[];
  /** The most series (of a histogram: label combinations) per job. */
  series: number;
  /** Whether it is judged by itself; if not, it is recorded only. */
  selected: boolean;
  source: SourceRef;
}

/** What makes one alert happen: a signal and the level that is just over the limit (of a component: 0, stopped). */
export interface Provocation {
  /** `HighErrorRate`, `ServiceDown/api`. */
  name: string;
  signal: SignalName;
  level: number;
  /** Longest time until somebody is told, run ms. */
  toldWithinMs: number;
}

/** An instant query whose answer belongs to the evidence: asked at the end, for this moment. */
export interface Question {
  id: string;
  query: string;
  /** Run time in ms after T0. */
  atMs: number;
}

/** p50, p95 and p99 of a service as Prometheus estimates them when a span of its first life is over. */
export interface QuantilePlan {
  metric: string;
  job: string;
  service: string;
  span: string;
  quantile: '0.5' | '0.95' | '0.99';
  /** Id of its question. */
  question: string;
}

/** A query of a panel, as Grafana would run it; in `runExpr` variables whose values only Prometheus knows are still placeholders. */
export interface PanelQuery {
  refId: string;
  expr: string;
  runExpr: string;
  legend: string;
  instant: boolean;
  /** Distance of its points, run ms. */
  stepMs: number;
  /** Widest range in it, run ms. */
  windowMs: number;
  /** Why it can't be proved at this speed; null when it can. */
  problem: string | null;
  /** The uid of the data source that is asked; empty when the stack has none. */
  dataSource: string;
  /** What it should show, as an expression of the contract; null when nothing can be held against it. */
  shows: string | null;
  source: SourceRef;
}

export interface PanelPlan {
  /** `Services/Error rate` */
  id: string;
  dashboard: string;
  title: string;
  /** What the dashboard shows when it is opened, run ms. */
  rangeMs: number;
  /** How often it asks anew by itself, run ms; null: never. */
  refreshMs: number | null;
  unit: string;
  /** The contract's. */
  promised: { unit: string; unproved: string | null; empty: string | null } | null;
  queries: PanelQuery[];
  source: SourceRef;
}

/** A dashboard of which at least one panel is judged, as Grafana should have it. */
export interface DashboardPlan {
  uid: string;
  title: string;
  /** All of its panels, rows left out: their queries as they are written, by refId. */
  panels: { id: number; title: string; queries: Record<string, string> }[];
  source: SourceRef;
}

/** A data source that Grafana should have. */
export interface DataSourcePlan {
  uid: string;
  name: string;
  type: string;
  url: string;
  source: SourceRef;
}

/** One of Grafana's own alert rules: what it asks is a question of the plan. */
export interface GrafanaRulePlan {
  title: string;
  expr: string;
  evaluator: string;
  limit: number;
  question: string;
  source: SourceRef;
}

/** A variable whose values only Prometheus knows: what stands for it in the queries, and how its values are found. */
export interface VariablePlan {
  placeholder: string;
  name: string;
  dashboard: string;
  /** Series selector and label of `label_values(selector, label)`; the selector may hold other placeholders. */
  selector: string;
  label: string;
  multi: boolean;
  includeAll: boolean;
  allValue: string | null;
  /** What is chosen when the dashboard opens. */
  current: string[];
  format: string | null;
}

/** An integration of a receiver, and the path of the harness's own webhook beside it. */
export interface ObservedIntegration {
  /** Path of the webhook. */
  path: string;
  /** Name of the receiver in alertmanager.yml. */
  receiver: string;
  /** As in `<kind>_configs`; null: the receiver has no integration at all. */
  kind: string | null;
  /** Whom the configuration names: channel or addresses; null where it names nobody. */
  to: string | null;
}

/** Counts up whenever a plan changes its form. */
export const PLAN_VERSION = 6;

/** Everything a run does and everything its evidence is judged by. Plain data; printable before anything starts. */
export interface Plan {
  schemaVersion: typeof PLAN_VERSION;
  stackName: string;
  speed: number;
  /** What of the stack is proved, as it was asked for; null: everything. */
  selection: string | null;
  /** The stack's files with every duration divided by the speed, and with the harness's own webhooks. */
  files: StackFile[];
  /** Every integration of the stack's receivers. */
  integrations: ObservedIntegration[];
  prometheusFlags: string[];
  jobs: {
    name: string;
    target: string;
    metricsPath: string;
    component: string;
    toldBySilence: string | null;
    scrapeMs: number;
  }[];
  /** Watchdog's alert name and the longest time between two of its notifications, run ms. */
  watchdog: { alert: string; everyMs: number };
  /** T0 lies on the evaluation grid of this rule group (blips of short alerts need to know it). */
  alignToGroup: { file: string; name: string } | null;
  alerts: AlertPlan[];
  metrics: MetricPlan[];
  quantiles: QuantilePlan[];
  questions: Question[];
  panels: PanelPlan[];
  variables: VariablePlan[];
  dashboards: DashboardPlan[];
  /** None when neither a panel nor a rule of Grafana's is judged. */
  dataSources: DataSourcePlan[];
  grafanaRules: GrafanaRulePlan[];
  provocations: Provocation[];
  tracks: Track[];
  companions: Companion[];
  signals: Record<string, SignalStep[]>;
  load: LoadPlan;
  /** From T0 to the end of the last track, ms. */
  lengthMs: number;
  criticalPath: CriticalPathEntry[];
  /** Each alert rule: where it is, its expression as written, as run, and as run without its comparison. */
  rules: Record<
    string,
    { file: string; line: number; column: number; expr: string; runExpr: string; valueExpr: string }
  >;
}
