import type { LoadPlan } from '../../src/model/load-plan.ts';
import { ROUTES } from './routes.ts';
import type { Route } from './routes.ts';

/** Where setup's own requests go. */
export const CONTROL = 'http_reqs{service:control}';
/** A script that counts what it sends tells by this counter what was cut off before an answer. */
export const sentIn = (service: string, span: string): string => `sent{${inSpan(service, span)}}`;
/** Refused, cut off or timed out, as during an outage. */
export const NO_ANSWER = '0';

export const servicesOf = (plan: LoadPlan): string[] => Object.keys(plan.spans);
export const stepsOf = (plan: LoadPlan): string[] =>
  Object.values(plan.signals).flatMap((steps) => steps.map(({ step }) => step));
export const slotsOf = (plan: LoadPlan, service: string): number[] =>
  (plan.slots[service] ?? []).map((_, slot) => slot);
export const statusesOf = (route: Route): string[] => [NO_ANSWER, ...route.statuses.map(String)];
export const inSpan = (service: string, span: string): string => `service:${service},span:${span}`;
export const ofRoute = (service: string, span: string, route: Route, status: string): string =>
  `http_reqs{${inSpan(service, span)},method:${route.method},name:${route.name},status:${status}}`;
/** The requests that are LPR events, accepted. */
export const EVENTS = { service: 'ai', tags: 'method:POST,name:/api/lpr/events,status:202' };
/** How long each request was asked to take, and how long it took to its first byte, ms. */
const TIMES = ['asked_ms', 'http_req_waiting'];
export const ofSlot = (service: string, slot: number): string => `service:${service},slot:${slot}`;
/** By how much k6 stood still in a slot, ms. */
export const stoodIn = (service: string, slot: number): string =>
  `stood_ms{${ofSlot(service, slot)}}`;
export const eventsIn = (slot: number): string =>
  `http_reqs{service:${EVENTS.service},slot:${slot},${EVENTS.tags}}`;
export const inSlot = (service: string, slot: number): string =>
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
        { name: stoodIn(service, slot), stat: 'max' as const },
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
