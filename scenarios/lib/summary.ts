import type { CutOff, K6Evidence, Quantiles, RequestCount } from '../../src/model/k6-evidence.ts';
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
const slotsOf = (plan: LoadPlan, service: string): number[] =>
  (plan.slots[service] ?? []).map((_, slot) => slot);
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
      ...slotsOf(plan, service).flatMap((slot) => [
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

/** Which of k6's statistics stand for the median, the 95th and the 99th percentile. */
type Stats = [median: string, p95: string, p99: string];

const EXACTLY: Record<'asked' | 'waited', Stats> = {
  asked: ['med', 'p(95)', 'p(99)'],
  waited: ['med', 'p(95)', 'p(99)'],
};
/**
 * A panel's window has some forty of a slot's requests, of which one more or less is slow: its
 * quantile is one of those beside the slot's own.
 */
const AROUND: typeof EXACTLY = {
  asked: ['p(45)', 'p(92.5)', 'p(97.5)'],
  waited: ['p(55)', 'p(97.5)', 'max'],
};

/** What k6 has to sum its trends up in. */
export const TREND_STATS = [
  ...new Set([
    'min',
    'max',
    'count',
    ...[EXACTLY, AROUND].flatMap((of) => Object.values(of).flat()),
  ]),
];

/** k6's summary, by the parts that {@link partsOf} asked for. */
class Read {
  private readonly data: Summary;

  constructor(data: Summary) {
    this.data = data;
  }

  /** One figure of a metric; 0 where k6 has none. */
  value(metric: string, stat: string): number {
    return this.data.metrics[metric]?.values[stat] ?? 0;
  }

  /** How long requests with these tags were asked to take, and took, seconds. */
  quantiles(tags: string, stats = EXACTLY): Quantiles {
    const of = (metric: string, [median, p95, p99]: Stats): Quantiles['asked'] => ({
      '0.5': this.value(metric, median) / 1000,
      '0.95': this.value(metric, p95) / 1000,
      '0.99': this.value(metric, p99) / 1000,
    });
    return {
      asked: of(`asked_ms{${tags}}`, stats.asked),
      waited: of(`http_req_waiting{${tags}}`, stats.waited),
    };
  }
}

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
