import type { AlertContract } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import type { Spec, Route } from '../model/spec.ts';
import { stimulusOf } from '../technologies/registry.ts';

/** Allowance for round trips and scheduling between two components, run ms; stated in every report. */
export const EPSILON_MS = 500;
/** The smaller allowance that a blip may spend, so that it stays shorter than `for`. */
export const BLIP_EPSILON_MS = 150;
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
    responseMs: stimulusOf(alert.stimulus.kind).responseMs?.(speed) ?? 0,
    epsilonMs: EPSILON_MS,
  };
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
