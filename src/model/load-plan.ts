import type { SignalStep } from './track.ts';

/**
 * All that k6 has to know of a run's load: what stays as it is, what changes when, and the spans
 * and slots by which it counts. Rates are those of the run, per real second.
 */
export interface LoadPlan {
  /** Streams of requests, by name; each rate is constant for the whole run. */
  arrivals: Record<string, Arrivals>;
  /**
   * Delay in ms of the answers that make p95 sit just under its limit, and their constant share on
   * the services with a `load.slow.*` signal.
   */
  tailMs: number;
  tailShare: number;
  /** Delay in ms of the answers over the limit. */
  slowMs: number;
  /** By how much what a signal names per model second is done faster, per real second. */
  speed: number;
  /** How many there are of something that the scenarios have to know. */
  constants: Record<string, number>;
  signals: Record<string, SignalStep[]>;
  /**
   * The lives of each service, one after the other: what k6 counts in one of them can be held
   * against the service's own counters.
   */
  spans: Record<string, Span[]>;
  /**
   * Requests for as many ids, paths and statuses as there are: per service, from when and how many
   * a second.
   */
  probes: Record<string, { startMs: number; perSecond: number }>;
  /** What k6 does at each service is also counted slot by slot. */
  slots: Record<string, LoadSlot[]>;
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

/** A stretch of a service's load that is counted by itself. */
export interface LoadSlot {
  /** Run time in ms after T0; a slot begins where the one before it ends. */
  untilMs: number;
  /** Whether neither the load nor the service changes in it, nor has just changed. */
  isSteady: boolean;
}

/** A stretch of a service's life, named after what is true of the requests that begin in it. */
export interface Span {
  /**
   * `life 1`, `rest of life 1` (from its freeze on), `end of life 1`, `start of life 2`, `life 2`,
   * …
   */
  name: string;
  /** Run time in ms after T0; a span begins where the one before it ends. */
  untilMs: number;
  /**
   * Whether each request in it is answered, and the answer surely scraped before the service stops.
   */
  exact: boolean;
}
