import type {
  CountedRoute,
  EventsDimension,
  Exercise,
  OfferedArrivals,
  OfferedLoad,
  ScrapedDimension,
} from './load.ts';
import type { LoadRoute } from '../model/distributed.ts';
import type { RequestMetrics } from './request-metrics.ts';
import { TECHNOLOGIES, componentOf, findStimulus, STIMULUS_KINDS } from './registry.ts';

// What the technologies have a load do, taken together.

const LOADS = TECHNOLOGIES.flatMap(({ load }) => load ?? []);
const together = <Key extends keyof OfferedLoad>(key: Key): OfferedLoad[Key] =>
  Object.assign({}, ...LOADS.map((load) => load[key])) as OfferedLoad[Key];

export const ARRIVALS: Readonly<Record<string, OfferedArrivals>> = together('arrivals');
export const PROBES: Readonly<Record<string, number>> = together('probes');
export const CONSTANTS: Readonly<Record<string, number>> = together('constants');
export const COUNTED_ROUTES: Readonly<Record<string, CountedRoute>> = together('counters');
export const EXERCISES: readonly Exercise[] = LOADS.flatMap(({ exercises }) => exercises);
export const LOAD_ROUTES: readonly LoadRoute[] = LOADS.flatMap(({ routes }) => routes);

/** How services tell of the requests that they answer, each way once. */
export const REQUEST_METRICS: readonly RequestMetrics[] = TECHNOLOGIES.flatMap(
  ({ requests }) => requests ?? [],
);

export const EVENTS_DIMENSIONS: readonly EventsDimension[] = TECHNOLOGIES.flatMap(
  ({ capacity }) => capacity?.events ?? [],
);
export const SCRAPED_DIMENSIONS: readonly ScrapedDimension[] = TECHNOLOGIES.flatMap(
  ({ capacity }) => capacity?.scraped ?? [],
);

/** The events that the load of a dimension is; undefined where it is something else. */
export function eventsOf({ id }: { id: string }): EventsDimension | undefined {
  return EVENTS_DIMENSIONS.find((offered) => offered.id === id);
}

/** The things that the load of a dimension is, also of a variant of it (`ID/real-time`). */
export function thingsOf({ id }: { id: string }): ScrapedDimension | undefined {
  return SCRAPED_DIMENSIONS.find((offered) => offered.id === id.split('/')[0]);
}

/** Dimensions of capacity that a contract may say its needs in. */
export const NEEDS: readonly string[] = [
  'requests',
  ...EVENTS_DIMENSIONS.map(({ id }) => id),
  ...SCRAPED_DIMENSIONS.map(({ id }) => id),
  ...['targets', 'rules', 'viewers'],
];

/** The service that a component is; undefined for one that is asked for nothing but its metrics. */
export function serviceOf(component: string): string | undefined {
  return componentOf(component)?.service;
}

/**
 * Signals of the load that change how many requests a service gets, or how they are answered, for
 * as long as a level lasts.
 */
export function changesRequestsOf(service: string, signal: string): boolean {
  return STIMULUS_KINDS.some((kind) => {
    const stimulus = findStimulus(kind);
    const asked = stimulus?.needsService ? service : stimulus?.asks;
    return asked === service && stimulus?.signal({ kind, service }) === signal;
  });
}
