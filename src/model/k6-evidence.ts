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
  /** For how long k6 stood still in it. */
  stoodMs: number;
}

/** k6's own account of the load. */
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
  steps: Record<string, { first: number; last: number; count: number; lateMs: number }>;
}
