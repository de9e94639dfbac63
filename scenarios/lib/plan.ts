import exec from 'k6/execution';
import { Trend } from 'k6/metrics';
import type { LoadPlan } from '../../src/model/load-plan.ts';
import type { SignalStep } from '../../src/model/track.ts';
import { lateness, slotAt, spanAt } from './schedule.ts';
import { noteStanding } from './standing.ts';
import type { Arrivals } from './schedule.ts';

/** The load of this run, from the file that the harness names. */
export const plan = JSON.parse(open(__ENV['LOAD_PLAN'] ?? '')) as LoadPlan;
const urls = JSON.parse(__ENV['URLS'] ?? '{}') as Record<string, string>;
/** The services that this stack has. */
export const namedServices = Object.keys(urls);

/** What setup() hands to every scenario. */
export interface Start {
  /** Epoch ms. */
  t0: number;
}

/** Longest answer that is waited for; far above the slowest one that is asked for. */
const REQUEST_TIMEOUT_MS = 5_000;
/** At least the timeout, so that no request is cut off and the counts stay exact. */
export const GRACEFUL_STOP = '10s';
/** Every scenario lasts as long as the plan. */
export const duration = `${plan.lengthMs}ms`;

/**
 * Longest time that a component is frozen, model s: a scrape interval, its timeout, half an
 * evaluation, with room.
 */
const FREEZE_MODEL_S = 50;
const HEAD_ROOM = 1.4;

/**
 * Virtual users that an open-model scenario needs so that none is missing while answers are slow or
 * the service is frozen.
 */
export function virtualUsers(ratePerSecond: number, slowestSeconds = 0): number {
  const frozenSeconds = Math.min(REQUEST_TIMEOUT_MS / 1000, FREEZE_MODEL_S / plan.speed);
  return Math.ceil(ratePerSecond * Math.max(frozenSeconds, slowestSeconds) * HEAD_ROOM) + 2;
}

/** The header that asks for a delay. */
export const DELAY = 'x-provoke-delay-ms';
/** How long each answer was asked to take: no service can be faster. */
const askedMs = new Trend('asked_ms');

/**
 * Parameters of one request, to be used once: always the route's template as the name, so that ids
 * make no series; and when it began, in the plan's terms.
 */
export function params<T extends 'none' | 'text'>(
  start: Start | null,
  service: string,
  name: string,
  responseType: T,
  headers: Record<string, string> = {},
): {
  redirects: number;
  timeout: number;
  responseType: T;
  headers: Record<string, string>;
  tags: Record<string, string>;
} {
  const runMs = start ? Date.now() - start.t0 : -1;
  const when: Record<string, string> = start
    ? {
        span: spanAt(plan.spans[service] ?? [], runMs),
        slot: String(slotAt(plan.slots[service] ?? [], runMs)),
      }
    : {};
  const tags = { name, service, ...when };
  askedMs.add(Number(headers[DELAY] ?? 0), tags);
  return { redirects: 0, timeout: REQUEST_TIMEOUT_MS, responseType, headers, tags };
}

/** Base URL of a service; the run ends at once when the harness didn't name it. */
export function urlOf(service: string): string {
  const url = urls[service];
  if (url === undefined) exec.test.abort(`URLS names no ${service}`);
  return url ?? '';
}

/** Requests a second of a stream; 0 when the plan has none such. */
export function perSecond(stream: string): number {
  return plan.arrivals[stream]?.perSecond ?? 0;
}

/** Steps of a signal; none when the plan doesn't move it. */
export function stepsOf(signal: string): SignalStep[] {
  return plan.signals[signal] ?? [];
}

/**
 * In the middle of a histogram's bucket, and most answers alike: where as many were fast as slow,
 * a median would be in one of the two by chance.
 */
const TYPICAL_MS = 170;

/**
 * How long a service's answers take when nothing else is asked for. None where errors are counted:
 * an error that is answered at once beside answers that take their time would count double for a
 * moment.
 */
export function typicalMsAt(service: string): number {
  return stepsOf(`load.errors.${service}`).length > 0 ? 0 : TYPICAL_MS;
}

const actedAt = new Trend('step_at');
/** How much later than planned a step was acted upon, where its acts have a time each. */
const actedLate = new Trend('step_late_ms');

/**
 * Puts down that a step of a signal is acted upon now, and how late an act that has its own time
 * is.
 */
export function acted(step: SignalStep | undefined, lateMs?: number): void {
  if (!step) return;
  actedAt.add(Date.now(), { step: step.step });
  if (lateMs !== undefined) actedLate.add(lateMs, { step: step.step });
}

/**
 * This iteration's number in its scenario, and when the scenario's iterations are planned.
 * @param service whose load it is
 */
export function iteration(
  start: Start,
  service: string,
  ratePerSecond: number,
): { i: number; arrivals: Arrivals } {
  const i = exec.scenario.iterationInTest;
  const now = Date.now();
  const lateMs = now - exec.scenario.startTime - (i * 1000) / ratePerSecond;
  noteStanding(service, lateMs, (agoMs) =>
    slotAt(plan.slots[service] ?? [], now - agoMs - start.t0),
  );
  const late = lateness(i, ratePerSecond, exec.scenario.startTime, now);
  return { i, arrivals: { ratePerSecond, offsetMs: exec.scenario.startTime - start.t0 + late } };
}
