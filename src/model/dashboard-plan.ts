import type { SourceRef } from './source.ts';

/**
 * A query of a panel, as Grafana would run it; in `runExpr` variables whose values only Prometheus
 * knows are still placeholders.
 */
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
  /**
   * What it should show, as an expression of the contract; null when nothing can be held against
   * it.
   */
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
  panels: { id: number; title: string; noValue: string; queries: Record<string, string> }[];
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

/**
 * A variable whose values only Prometheus knows: what stands for it in the queries, and how its
 * values are found.
 */
export interface VariablePlan {
  placeholder: string;
  name: string;
  dashboard: string;
  /**
   * Series selector and label of `label_values(selector, label)`; the selector may hold other
   * placeholders.
   */
  selector: string;
  label: string;
  multi: boolean;
  includeAll: boolean;
  allValue: string | null;
  /** What is chosen when the dashboard opens. */
  current: string[];
  format: string | null;
}
