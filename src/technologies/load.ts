import type { LoadRoute } from '../model/distributed.ts';
import type { SignalName } from '../model/track.ts';

/**
 * What the load does all the time at a technology's services, beside what stimuli ask of it.
 * Services by their names.
 */
export interface OfferedLoad {
  /** Requests that arrive at constant rates, by the stream's name. */
  arrivals: Record<string, OfferedArrivals>;
  /** With how many requests in all each service is probed: that ids make no series. */
  probes: Record<string, number>;
  /** What its scenarios have to know: how many there are of something. */
  constants: Record<string, number>;
  /** Signals that no stimulus has: what a gauge that stood still shows could be a constant. */
  exercises: Exercise[];
  /**
   * Counters of those requests to one route that were answered with one status, by their metric.
   */
  counters: Record<string, CountedRoute>;
  /** What a distributed load sends, each route as often as any other. */
  routes: LoadRoute[];
}

/**
 * A stream of requests of the open model: what arrives doesn't depend on how fast it is answered.
 */
export interface OfferedArrivals {
  /** In words. */
  title: string;
  service: string;
  /** At least so many a second. */
  perSecond: number;
  /**
   * Set where alerts watch shares of them: so many within the widest window of the rules, if that
   * is more.
   */
  perWindow?: number;
}

/** A signal of the load that a run takes through these levels, one after the other. */
export interface Exercise {
  signal: SignalName;
  /** It is left out where the stack has no such service. */
  service: string;
  levels: number[];
}

/** Requests that a counter counts. */
export interface CountedRoute {
  method: string;
  /** The route's template: `/api/items/:id`. */
  name: string;
  status: string;
}

/** Dimensions of a technology's own in which a load can grow. */
export interface OfferedCapacity {
  events: EventsDimension[];
  scraped: ScrapedDimension[];
}

/** Events that one of its services takes, each in a request. */
export interface EventsDimension {
  /** The word of the command line and of the contract, and what the scenario knows them by. */
  id: string;
  title: string;
  unit: string;
  service: string;
}

/** Things of which a scraped target has many, each with the same series of its own. */
export interface ScrapedDimension {
  /** The word of the command line and of the contract. */
  id: string;
  title: string;
  /** What is counted, in words. */
  unit: string;
  /** So many at one target. */
  perTarget: number;
  /** What the search begins with, and the most that it tries, at speed 10. */
  start: number;
  max: number;
  /**
   * How many are tried in real time where the contract says nothing, and what that may take of
   * Prometheus's memory.
   */
  needed: number;
  mostMemoryBytes: number;
  things: ScrapedThings;
}

/** The series of things that a target tells of. */
export interface ScrapedThings {
  /**
   * The label that tells them apart, and what its values begin with; a number of six digits
   * follows.
   */
  label: string;
  prefix: string;
  metrics: ThingMetric[];
}

/**
 * A metric of which each thing has one series; of a histogram one for each bucket, a sum and a
 * count.
 */
export type ThingMetric =
  /** `moves`: whether it is another value at each scrape. */
  | { name: string; type: 'counter' | 'gauge'; moves: boolean }
  | { name: string; type: 'histogram'; buckets: string[] };
