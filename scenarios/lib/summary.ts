import type { CutOff, K6Evidence, Quantiles, RequestCount } from '../../src/model/evidence.ts';
import type { LoadPlan } from '../../src/model/load-plan.ts';
import { ROUTES } from './routes.ts';
import type { Route } from './routes.ts';

/** What k6 hands to handleSummary, as far as it is read. */
export interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

/** Where setup's own requests go. */
const CONTROL = 'http_reqs{service:control}';
/** A script that counts what it sends tells by this counter what was cut off before an answer. */
const sentIn = (service: string, span: string): string => `sent{${inSpan(service, span)}}`;
const CUT_OFF: CutOff = 'cut off';
/** Refused, cut off or timed out, as during an outage. */
const NO_ANSWER = '0';

const servicesOf = (plan: LoadPlan): string[] => Object.keys(plan.spans);
const stepsOf = (plan: LoadPlan): string[] =>
  Object.values(plan.signals).flatMap((steps) => steps.map(({ step }) => step));
const slotsOf = (plan: LoadPlan): number[] =>
  Array.from({ length: Math.ceil(plan.lengthMs / plan.slotMs) }, (_, slot) => slot);
const statusesOf = (route: Route): string[] => [NO_ANSWER, ...route.statuses.map(String)];
const inSpan = (service: string, span: string): string => `service:${service},span:${span}`;
const ofRoute = (service: string, span: string, route: Route, status: string): string =>
  `http_reqs{${inSpan(service, span)},method:${route.method},name:${route.name},status:${status}}`;
/** The requests that are LPR events, accepted. */
const EVENTS = { service: 'ai', tags: 'method:POST,name:/api/lpr/events,status:202' };
/** How long each request was asked to take, and how long it took to its first byte, ms. */
const TIMES = ['asked_ms', 'http_req_waiting'];
const ofSlot = (service: string, slot: number): string => `service:${service},slot:${slot}`;
const eventsIn = (slot: number): string =>
  `http_reqs{service:${EVENTS.service},slot:${slot},${EVENTS.tags}}`;
const inSlot = (service: string, slot: number): string =>
  `http_req_failed{${ofSlot(service, slot)}}`;

/**
 * The parts of metrics that the summary needs: k6 keeps a part only where a threshold names it, so
 * each gets one that always holds.
 */
export function partsOf(plan: LoadPlan): { name: string; stat: 'count' | 'max' | 'rate' }[] {
  return [
    { name: CONTROL, stat: 'count' },
    ...servicesOf(plan).flatMap((service) => [
      ...(plan.spans[service] ?? []).flatMap(({ name: span }) => [
        { name: `http_reqs{${inSpan(service, span)}}`, stat: 'count' as const },
        ...TIMES.map((metric) => ({
          name: `${metric}{${inSpan(service, span)}}`,
          stat: 'max' as const,
        })),
        ...ROUTES.filter((route) => route.service === service).flatMap((route) =>
          statusesOf(route).map((status) => ({
            name: ofRoute(service, span, route, status),
            stat: 'count' as const,
          })),
        ),
      ]),
      ...slotsOf(plan).flatMap((slot) => [
        { name: inSlot(service, slot), stat: 'rate' as const },
        ...TIMES.map((metric) => ({
          name: `${metric}{${ofSlot(service, slot)}}`,
          stat: 'max' as const,
        })),
        ...(service === EVENTS.service ? [{ name: eventsIn(slot), stat: 'count' as const }] : []),
      ]),
    ]),
    ...stepsOf(plan).flatMap((step) =>
      ['step_at', 'step_late_ms'].map((metric) => ({
        name: `${metric}{step:${step}}`,
        stat: 'max' as const,
      })),
    ),
  ];
}

/**
 * k6's account in the form of the evidence. The counts add up to `requests`, what wasn't foreseen
 * being of the route `other`; what was cut off is beside them.
 */
export function summarize(plan: LoadPlan, data: Summary): Omit<K6Evidence, 'exitCode'> {
  const value = (metric: string, stat: string): number => data.metrics[metric]?.values[stat] ?? 0;
  const quantilesOf = (metric: string): Quantiles['asked'] => ({
    '0.5': value(metric, 'med') / 1000,
    '0.95': value(metric, 'p(95)') / 1000,
    '0.99': value(metric, 'p(99)') / 1000,
  });
  const quantilesIn = (tags: string): Quantiles => ({
    asked: quantilesOf(`asked_ms{${tags}}`),
    waited: quantilesOf(`http_req_waiting{${tags}}`),
  });
  const requests = value('http_reqs', 'count') - value(CONTROL, 'count');
  const counts: RequestCount[] = [];
  const times: K6Evidence['times'] = [];
  for (const service of servicesOf(plan)) {
    for (const { name: span } of plan.spans[service] ?? []) {
      const total = value(`http_reqs{${inSpan(service, span)}}`, 'count');
      const own = ROUTES.filter((route) => route.service === service).flatMap((route) =>
        statusesOf(route).map((status) => ({
          service,
          span,
          method: route.method,
          name: route.name,
          status,
          count: value(ofRoute(service, span, route, status), 'count'),
        })),
      );
      counts.push(...own, {
        service,
        span,
        method: 'other',
        name: 'other',
        status: 'other',
        count: own.reduce((left, { count }) => left - count, total),
      });
      const cutOff = value(sentIn(service, span), 'count') - total;
      if (cutOff > 0)
        counts.push({
          service,
          span,
          method: 'any',
          name: CUT_OFF,
          status: NO_ANSWER,
          count: cutOff,
        });
      const waiting = `http_req_waiting{${inSpan(service, span)}}`;
      if (value(waiting, 'count') > 0)
        times.push({
          service,
          span,
          count: value(waiting, 'count'),
          ...quantilesIn(inSpan(service, span)),
        });
    }
  }
  const elsewhere = counts
    .filter(({ name }) => name !== CUT_OFF)
    .reduce((left, { count }) => left - count, requests);
  counts.push({
    service: 'other',
    span: 'other',
    method: 'other',
    name: 'other',
    status: 'other',
    count: elsewhere,
  });
  const slots: K6Evidence['slots'] = {};
  for (const service of servicesOf(plan))
    slots[service] = slotsOf(plan).map((slot) => ({
      slot,
      all: value(inSlot(service, slot), 'passes') + value(inSlot(service, slot), 'fails'),
      errors: value(inSlot(service, slot), 'passes'),
      events: service === EVENTS.service ? value(eventsIn(slot), 'count') : 0,
      ...quantilesIn(ofSlot(service, slot)),
    }));
  const steps: K6Evidence['steps'] = {};
  for (const step of stepsOf(plan)) {
    const at = `step_at{step:${step}}`;
    if (value(at, 'count') > 0)
      steps[step] = {
        first: value(at, 'min'),
        last: value(at, 'max'),
        count: value(at, 'count'),
        lateMs: value(`step_late_ms{step:${step}}`, 'max'),
      };
  }
  return {
    requests,
    droppedIterations: value('dropped_iterations', 'count'),
    counts: counts.filter(({ count }) => count !== 0),
    times,
    slots,
    steps,
  };
}
