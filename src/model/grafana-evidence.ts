import type { Series } from './series.ts';

/**
 * What Grafana itself said, asked at the end of the tracks. What couldn't be asked is null or not
 * there; `queryErrors` says why.
 */
export interface GrafanaEvidence {
  health: { version: string; database: string } | null;
  dataSources: GrafanaDataSource[] | null;
  /** By uid, of those of the plan; null: Grafana has none. */
  dashboards: Record<string, GrafanaDashboard | null>;
  /** By `<panel id> <refId>`. */
  panels: Record<string, GrafanaAnswer>;
  rules: GrafanaRule[] | null;
  /** Why it ended by itself; not there when it lived. */
  ended?: string;
  /** By the uid of the dashboard; null: nobody looked. */
  looks: Record<string, DashboardLook> | null;
  /**
   * What couldn't be asked, in words (`dashboard Business Metrics`), with the error: never read as
   * "nothing".
   */
  queryErrors: { query: string; error: string }[];
}

export interface GrafanaDataSource {
  uid: string;
  name: string;
  type: string;
  url: string;
  /** `proxy`: Grafana asks it; `direct`: each browser would. */
  access: string;
  /** What its own test said: `OK` or `ERROR`, and why; null when the test couldn't be asked for. */
  health: { status: string; message: string } | null;
}

export interface GrafanaDashboard {
  title: string;
  folder: string;
  provisioned: boolean;
  /** As in `DashboardPlan`. */
  panels: { id: number; title: string; queries: Record<string, string> }[];
}

/**
 * What Grafana answered to a panel's query, beside what Prometheus itself answers for the same
 * times.
 */
export interface GrafanaAnswer {
  /** With every variable replaced. */
  query: string;
  /** Null when Grafana refused it: then the error is in `error`. */
  series: Series[] | null;
  error: string | null;
  /** Null when Grafana refused the query: there is nothing to compare. */
  prometheus: Series[] | null;
  /** Set when it was the data source that gave no answer: nothing is known of the query. */
  silent?: true;
}

/** One of Grafana's own alert rules, in its own words. */
export interface GrafanaRule {
  title: string;
  /** `inactive`, `pending`, `firing`, … */
  state: string;
  /** `ok`, `error`, `nodata`, `unknown`, … */
  health: string;
  lastError: string;
  /** Epoch ms; null: never. */
  evaluatedAt: number | null;
}

/** What a browser showed of a dashboard. */
export interface DashboardLook {
  /** Its picture, a path in the run's folder; null when there is none. */
  picture: string | null;
  /** Titles of the panels that were drawn. */
  panels: string[];
  /** Titles of those with an error badge. */
  errors: string[];
  /** Titles of those that say that they have no data. */
  empty: string[];
  /**
   * Titles of those that have nothing in them, neither a drawing nor a word: their visualisation
   * was thrown out.
   */
  blank?: string[];
  /** What the page's own scripts have thrown. */
  thrown?: string[];
  /** Why it couldn't be looked at to the end; null when it was. */
  problem: string | null;
}
