import type { CutOff, K6Evidence, RequestCount } from '../../src/model/k6-evidence.ts';
import type { LoadPlan } from '../../src/model/load-plan.ts';
import {
  CONTROL,
  EVENTS,
  NO_ANSWER,
  eventsIn,
  inSlot,
  inSpan,
  ofRoute,
  ofSlot,
  sentIn,
  servicesOf,
  slotsOf,
  statusesOf,
  stepsOf,
  stoodIn,
} from './parts.ts';
import { AROUND, Read } from './read-summary.ts';
import type { Summary } from './read-summary.ts';
import { ROUTES } from './routes.ts';

const CUT_OFF: CutOff = 'cut off';

/**
 * k6's account in the form of the evidence. The counts add up to `requests`, what wasn't foreseen
 * being of the route `other`; what was cut off is beside them.
 */
export function summarize(plan: LoadPlan, data: Summary): Omit<K6Evidence, 'exitCode'> {
  const read = new Read(data);
  const requests = read.value('http_reqs', 'count') - read.value(CONTROL, 'count');
  const spans = servicesOf(plan).flatMap((service) =>
    (plan.spans[service] ?? []).map(({ name }): [string, string] => [service, name]),
  );
  const counts = spans.flatMap(([service, span]) => [
    ...answeredIn(read, service, span),
    ...cutOffIn(read, service, span),
  ]);
  const elsewhere = {
    ...OTHER,
    service: 'other',
    span: 'other',
    count: counts
      .filter(({ name }) => name !== CUT_OFF)
      .reduce((left, { count }) => left - count, requests),
  };
  return {
    requests,
    droppedIterations: read.value('dropped_iterations', 'count'),
    counts: [...counts, elsewhere].filter(({ count }) => count !== 0),
    times: spans.flatMap(([service, span]) => timesIn(read, service, span)),
    slots: Object.fromEntries(
      servicesOf(plan).map((service) => [service, slotsIn(read, plan, service)]),
    ),
    steps: Object.fromEntries(stepsOf(plan).flatMap((step) => stepIn(read, step))),
  };
}

/** Where none of the foreseen routes and statuses fits. */
const OTHER = { method: 'other', name: 'other', status: 'other' };

/** The requests of one span by route and status; they add up to all of it. */
function answeredIn(read: Read, service: string, span: string): RequestCount[] {
  const own = ROUTES.filter((route) => route.service === service).flatMap((route) =>
    statusesOf(route).map((status) => ({
      service,
      span,
      method: route.method,
      name: route.name,
      status,
      count: read.value(ofRoute(service, span, route, status), 'count'),
    })),
  );
  const all = read.value(`http_reqs{${inSpan(service, span)}}`, 'count');
  const left = own.reduce((sum, { count }) => sum - count, all);
  return [...own, { ...OTHER, service, span, count: left }];
}

/** What was sent in a span, and never answered since the run's end cut it off. */
function cutOffIn(read: Read, service: string, span: string): RequestCount[] {
  const answered = read.value(`http_reqs{${inSpan(service, span)}}`, 'count');
  const count = read.value(sentIn(service, span), 'count') - answered;
  return count > 0
    ? [{ service, span, method: 'any', name: CUT_OFF, status: NO_ANSWER, count }]
    : [];
}

function timesIn(read: Read, service: string, span: string): K6Evidence['times'] {
  const tags = inSpan(service, span);
  const count = read.value(`http_req_waiting{${tags}}`, 'count');
  return count > 0 ? [{ service, span, count, ...read.quantiles(tags) }] : [];
}

function slotsIn(read: Read, plan: LoadPlan, service: string): K6Evidence['slots'][string] {
  return slotsOf(plan, service).map((slot) => {
    const failed = inSlot(service, slot);
    const errors = read.value(failed, 'passes');
    return {
      slot,
      all: errors + read.value(failed, 'fails'),
      errors,
      events: service === EVENTS.service ? read.value(eventsIn(slot), 'count') : 0,
      stoodMs: read.value(stoodIn(service, slot), 'max'),
      ...read.quantiles(ofSlot(service, slot), AROUND),
    };
  });
}

/** When a step of the load was taken, by each of the virtual users that took it. */
function stepIn(read: Read, step: string): [string, K6Evidence['steps'][string]][] {
  const at = `step_at{step:${step}}`;
  const count = read.value(at, 'count');
  if (count === 0) return [];
  const taken = { first: read.value(at, 'min'), last: read.value(at, 'max'), count };
  return [[step, { ...taken, lateMs: read.value(`step_late_ms{step:${step}}`, 'max') }]];
}
