import type { Companion, SignalName, SignalStep, Track } from './track.ts';
import type {
  DashboardPlan,
  DataSourcePlan,
  GrafanaRulePlan,
  PanelPlan,
  VariablePlan,
} from './dashboard-plan.ts';
import type { LoadPlan } from './load-plan.ts';
import type { MetricPlan, QuantilePlan, Question } from './metric-plan.ts';
import type { StackFile } from './spec.ts';

/**
 * What the times of one alert's state changes follow from, by the formulas in docs/timing.md; run
 * ms. First what is the stack's own and was divided by the speed, then what no speed divides.
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

/** Who must be told of an alert. */
export interface PromisedReceiver {
  name: string;
  kind: 'slack' | 'email' | 'webhook';
  /** The channel or address; null: not promised. */
  to: string | null;
  /** Whether it must be told of the end too. */
  resolved: boolean;
}

export interface AlertPlan {
  alert: string;
  severity: 'critical' | 'warning' | 'none';
  receivers: PromisedReceiver[];
  says: string[];
  timing: Timing;
  /** Set where no run makes it happen: promtool proves it, in virtual time. */
  virtual?: true;
}

export interface CriticalPathEntry {
  name: string;
  ms: number;
}

/**
 * What makes one alert happen: a signal and the level that is just over the limit (of a component:
 * 0, stopped).
 */
export interface Provocation {
  /** `HighErrorRate`, `TargetDown/api`. */
  name: string;
  signal: SignalName;
  level: number;
  /** Longest time until somebody is told, run ms. */
  toldWithinMs: number;
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
export const PLAN_VERSION = 8;

/**
 * Everything a run does and everything its evidence is judged by. Plain data; printable before
 * anything starts.
 */
export interface Plan {
  schemaVersion: typeof PLAN_VERSION;
  stackName: string;
  speed: number;
  /** What of the stack is proved, as it was asked for; null: everything. */
  selection: string | null;
  /**
   * The stack's files with every duration divided by the speed, and with the harness's own
   * webhooks.
   */
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
  /**
   * Each alert rule: where it is, its expression as written, as run, and as run without its
   * comparison.
   */
  rules: Record<
    string,
    { file: string; line: number; column: number; expr: string; runExpr: string; valueExpr: string }
  >;
}
