import type { AlertContract, StimulusKind } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import { QUEUE_STATISTICS_MS } from '../model/world.ts';
import type { Spec, Route } from '../model/spec.ts';

/** Allowance for round trips and scheduling between two components, run ms; stated in every report. */
export const EPSILON_MS = 500;
/** The smaller allowance that a blip may spend, so that it stays shorter than `for`. */
export const BLIP_EPSILON_MS = 150;
/** Longest delay a request of the load is given, ms; response times are values and are not sped up. */
export const SLOW_ANSWER_MS = 1_200;
/** How long opening all the connections, or putting all the objects, takes on two busy cores, run ms. */
const MANY_ACTS_MS = 400;

/** Everything the windows of one alert depend on, in run ms: the promise divided by the speed, the route's waits from the stack. */
export function timingOf(spec: Spec, alert: AlertContract, speed: number): Timing {
  const run = (ms: number): number => ms / speed;
  const route = routeFor(spec, alert);
  const jobs = spec.prometheus.jobs.filter(
    (job) => alert.labels['job'] === undefined || job.name === alert.labels['job'],
  );
  return {
    scrapeMs: run(Math.max(...jobs.map((job) => job.scrapeIntervalMs))),
    scrapeTimeoutMs: run(Math.max(...jobs.map((job) => job.scrapeTimeoutMs))),
    evaluationMs: run(alert.everyMs),
    forMs: run(alert.forMs),
    windowMs: run(alert.windowMs),
    groupWaitMs: run(route.groupWaitMs),
    groupIntervalMs: run(route.groupIntervalMs),
    responseMs: responseMs(alert.stimulus.kind, speed),
    epsilonMs: EPSILON_MS,
  };
}

/** Longest time until what a stimulus does shows in its component's metrics, run ms. */
function responseMs(kind: StimulusKind, speed: number): number {
  if (kind === 'request-latency') return SLOW_ANSWER_MS;
  if (kind === 'postgres-connections' || kind === 'stored-objects') return MANY_ACTS_MS;
  return kind === 'queued-messages' ? MANY_ACTS_MS + QUEUE_STATISTICS_MS / speed : 0;
}

/** The slowest route among those that name one of the alert's receivers: the promise must hold for every receiver. */
function routeFor(spec: Spec, alert: AlertContract): Route {
  const all = flatten(spec.alertmanager.route).filter((route) =>
    alert.receivers.includes(route.receiver),
  );
  const slowest = (pick: (route: Route) => number): number =>
    Math.max(...(all.length > 0 ? all : [spec.alertmanager.route]).map(pick));
  return {
    ...spec.alertmanager.route,
    groupWaitMs: slowest((route) => route.groupWaitMs),
    groupIntervalMs: slowest((route) => route.groupIntervalMs),
    repeatIntervalMs: slowest((route) => route.repeatIntervalMs),
  };
}

/** A route and all below it. */
export function flatten(route: Route): Route[] {
  return [route, ...route.routes.flatMap(flatten)];
}
