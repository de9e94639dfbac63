import type { Contract } from './contract.ts';
import type { SourceRef } from './source.ts';

/** A text file of the stack, path relative to the stack folder. */
export interface StackFile {
  path: string;
  text: string;
}

export interface ScrapeJob {
  name: string;
  /** `host:port` of every static target. */
  targets: string[];
  metricsPath: string;
  scrapeIntervalMs: number;
  scrapeTimeoutMs: number;
  source: SourceRef;
}

export interface AlertRule {
  alert: string;
  expr: string;
  forMs: number;
  keepFiringForMs: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /**
   * Widest range (matrix selector or subquery, plus offset) in the expression; 0 when there is
   * none.
   */
  widestRangeMs: number;
  /** Metric names the expression selects, from its syntax tree. */
  metrics: string[];
  source: SourceRef;
  exprSource: SourceRef;
}

export interface RuleGroup {
  name: string;
  intervalMs: number;
  rules: AlertRule[];
  /** Names of the series that its recording rules make. */
  records: string[];
  source: SourceRef;
}

export interface PrometheusSpec {
  /** `prometheus/prometheus.yml` */
  file: string;
  scrapeIntervalMs: number;
  evaluationIntervalMs: number;
  externalLabels: Record<string, string>;
  jobs: ScrapeJob[];
  ruleGroups: RuleGroup[];
  /** `host:port` of every Alertmanager. */
  alertmanagers: string[];
}

export interface Integration {
  kind: 'slack' | 'email' | 'webhook';
  sendResolved: boolean;
  source: SourceRef;
}

export interface ReceiverSpec {
  name: string;
  integrations: Integration[];
  source: SourceRef;
}

/** A route of Alertmanager's tree with its inherited values filled in. */
export interface Route {
  receiver: string;
  groupBy: string[];
  groupWaitMs: number;
  groupIntervalMs: number;
  repeatIntervalMs: number;
  /** Each matcher in one notation, e.g. `severity="critical"`. */
  matchers: string[];
  continue: boolean;
  routes: Route[];
  source: SourceRef;
}

export interface AlertmanagerSpec {
  /** `alertmanager/alertmanager.yml` */
  file: string;
  receivers: ReceiverSpec[];
  route: Route;
  inhibitRules: {
    sourceMatchers: string[];
    targetMatchers: string[];
    equal: string[];
    source: SourceRef;
  }[];
}

/** A variable of a dashboard. */
export interface VariableSpec {
  name: string;
  /** `query`, `custom`, `constant`, `textbox`, `interval`, … */
  kind: string;
  /** Of a query: what is asked, e.g. `label_values(up, job)`. */
  query: string;
  multi: boolean;
  includeAll: boolean;
  /** What stands for "All" when it isn't every value. */
  allValue: string | null;
  /** What is chosen when the dashboard opens; `$__all` for All. */
  current: string[];
  source: SourceRef;
}

/** One query of a panel. */
export interface TargetSpec {
  refId: string;
  expr: string;
  legend: string;
  instant: boolean;
  /** Least interval of its points (real-time ms); 0 when it has none of its own. */
  intervalMs: number;
  /** The data source that is asked: its uid or name, perhaps a variable; empty: the default one. */
  dataSource: string;
  source: SourceRef;
}

export interface PanelSpec {
  id: number;
  title: string;
  type: string;
  unit: string;
  /** What it shows in the place of a value that isn't there; empty: Grafana's own word. */
  noValue: string;
  maxDataPoints: number;
  intervalMs: number;
  targets: TargetSpec[];
  source: SourceRef;
}

/** A dashboard of Grafana, as its file has it. */
export interface DashboardSpec {
  file: string;
  uid: string;
  title: string;
  /** What it shows when it is opened (real-time ms). */
  rangeMs: number;
  /** How often it asks anew by itself, ms; null: never. */
  refreshMs: number | null;
  variables: VariableSpec[];
  /** Without rows; those that stand in a collapsed row too. */
  panels: PanelSpec[];
  source: SourceRef;
}

/** A data source of Grafana, as provisioning has it. */
export interface DataSourceSpec {
  uid: string;
  name: string;
  /** `prometheus` */
  type: string;
  url: string;
  isDefault: boolean;
  source: SourceRef;
}

/**
 * One of Grafana's own alert rules: a question to the data source, and the threshold that its
 * answer is compared with.
 */
export interface GrafanaRuleSpec {
  title: string;
  expr: string;
  /** Grafana's name of the comparison: `lt`, `gt`, … */
  evaluator: string;
  limit: number;
  source: SourceRef;
}

/**
 * Everything the harness knows of a stack before it plans: the files, parsed and normalised, and
 * the contract. Durations in real-time ms.
 */
export interface Spec {
  /** Absolute path of the stack folder. */
  dir: string;
  /** Every file under prometheus/, alertmanager/ (without its secrets/) and grafana/, as text. */
  files: StackFile[];
  prometheus: PrometheusSpec;
  alertmanager: AlertmanagerSpec;
  /** Empty when the stack has no grafana/. */
  dashboards: DashboardSpec[];
  dataSources: DataSourceSpec[];
  grafanaRules: GrafanaRuleSpec[];
  contract: Contract;
}
