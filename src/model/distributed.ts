/** One kind of request of a distributed load. */
export interface LoadRoute {
  service: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The route's template, which is its name too: `/api/users/:id`. */
  name: string;
  /** How many different ids stand for `:id`, in the path and in the body. */
  ids: number;
  /** JSON text, or null for none. */
  body: string | null;
}

/** A load that several k6 processes make together: `load.json` beside the script. */
export interface DistributedLoad {
  schemaVersion: 1;
  /** Tells the accounts of one run from those of another. */
  run: string;
  /** All parts together. */
  ratePerSecond: number;
  /**
   * How many requests are sent in all: a number and not a duration, so that the parts add up to it
   * whatever their clocks say.
   */
  requests: number;
  /**
   * All parts together; a multiple of the parts, or k6 gives some of them more requests than
   * others.
   */
  virtualUsers: number;
  parts: number;
  /** Request n goes to route n mod their number. */
  routes: LoadRoute[];
  /** Base URL by service, without a slash at its end. */
  targets: Record<string, string>;
  requestTimeoutMs: number;
  /** Folder in which each part leaves its account as a file; null: on its standard output alone. */
  resultsDir: string | null;
}

/** Answers with one status to one route. */
export interface RouteCount {
  service: string;
  method: string;
  name: string;
  /** `0`: no answer; `other`: a status that nobody foresaw. */
  status: string;
  count: number;
}

/**
 * A histogram that can be added to another one. Bucket 0 holds what took up to `firstMs`; bucket n
 * what took up to `firstMs` · 2^(n / perDoubling); the last one everything above.
 */
export interface Histogram {
  firstMs: number;
  perDoubling: number;
  /** Without the zeros: bucket → count. */
  counts: Record<string, number>;
  last: number;
}

/** What one k6 process did: one line of its standard output. */
export interface PartAccount {
  schemaVersion: 1;
  run: string;
  /** As k6 was told: `1/3:2/3`, and `0,1/3,2/3,1`; of a load in one part `0:1` and `0,1`. */
  segment: string;
  sequence: string;
  /** When its first request was due, epoch ms; null when it sent none. */
  startedAtMs: number | null;
  /** What the script sent, and what k6 counted as ended. */
  sent: number;
  ended: number;
  /** What k6 never sent, for want of virtual users. */
  dropped: number;
  counts: RouteCount[];
  /** From the intended start to the end of the answer, ms. */
  latency: Histogram;
}

/** Where a quantile lies, ms. */
export interface QuantileBounds {
  quantile: number;
  /** More than this… */
  overMs: number;
  /** …and at most this; null: longer than the longest bucket. */
  atMostMs: number | null;
}

/** A whole load, added up from the accounts of its parts. */
export interface Whole {
  run: string;
  parts: number;
  sent: number;
  ended: number;
  dropped: number;
  counts: RouteCount[];
  quantiles: QuantileBounds[];
  /** How far apart the parts began, ms; null when one of them sent nothing. */
  startSpreadMs: number | null;
  /**
   * Each request that was sent is counted with its answer: the services' counters must say the
   * same. Else they lie between `ended` and `sent`.
   */
  exact: boolean;
  /** Why the whole isn't exact, or isn't the load that was wanted. */
  doubts: string[];
}
