import type { Scrape } from './exposition.ts';

/** A request that a service is sent, once or often. */
export interface RoutePlan {
  method: string;
  /** Paths that all lead to the route: one is taken after the other. */
  paths: string[];
  /** The route's template as the service should name it; null: there is no such route. */
  template: string | null;
  /** How often. */
  requests: number;
}

/** What the scenario does: a file that the harness writes and k6 reads. */
export interface ConformLoad {
  /** Base URL of the service. */
  url: string;
  routes: RoutePlan[];
  timeoutMs: number;
}

/** What k6 counted of one route and status; status 0: no answer. */
export interface AnsweredCount {
  /** Number of the route in the load. */
  route: number;
  status: number;
  count: number;
}

/** How requests end that nobody answers. */
export type Lost = 'late' | 'refused' | 'untrusted' | 'broken';

/** k6's own account. */
export interface ConformAccount {
  counts: AnsweredCount[];
  /** How many weren't answered, and why. */
  lost: Record<Lost, number>;
  /** Quantiles of the time until the first byte, seconds, of all answers. */
  waitedSeconds: Record<'0.5' | '0.95' | '0.99', number>;
  /** All of it added up, seconds. */
  waitedInAllSeconds: number;
}

/** What the contract promises of one metric at one service. */
export interface ServiceMetric {
  name: string;
  type: string;
  labels: string[];
  /** The most series (of a histogram: combinations of labels). */
  series: number;
  where: string;
}

/** A limit that an alert compares a quantile of a histogram with, seconds. */
export interface HistogramLimit {
  metric: string;
  alert: string;
  limit: number;
  where: string;
}

/** Everything that a running service is held against. */
export interface ServicePromise {
  job: string;
  metrics: ServiceMetric[];
  /** Metrics that belong to others alone. */
  foreign: string[];
  limits: HistogramLimit[];
}

/** Scrapes of a service at rest: rounds one after another, and in each several at once. */
export type Rounds = Scrape[][];

/** What was seen of a service, in the order in which it was done. */
export interface ServiceEvidence {
  /** Of several workers each may answer one. */
  before: Rounds;
  routes: RoutePlan[];
  account: ConformAccount;
  /** When all requests were answered, and open connections had time to close. */
  after: Rounds;
  /** Requests to paths that nobody knows, and to many ids, as far as they were sent. */
  probes: RoutePlan[];
  /** How many of them were answered. */
  probesAnswered: number;
  /** Then the service again. */
  probed: Rounds;
}

/** What of a service couldn't be judged, and why: neither good nor bad. */
export interface NotJudged {
  what: string;
  why: string;
}
