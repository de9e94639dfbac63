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
  /** Widest range (matrix selector or subquery, plus offset) in the expression; 0 when there is none. */
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
  /** Each matcher as written, e.g. `severity="critical"`. */
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
  inhibitRules: { sourceMatchers: string[]; targetMatchers: string[]; equal: string[]; source: SourceRef }[];
}

/** Everything the harness knows of a stack before it plans: the files, parsed and normalised, and the contract. Durations in real-time ms. */
export interface Spec {
  /** Absolute path of the stack folder. */
  dir: string;
  /** Every file under prometheus/ and alertmanager/ (without alertmanager/secrets/), as text. */
  files: StackFile[];
  prometheus: PrometheusSpec;
  alertmanager: AlertmanagerSpec;
  contract: Contract;
}
