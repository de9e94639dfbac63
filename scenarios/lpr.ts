import http from 'k6/http';
import type { Options } from 'k6/options';
import { GRACEFUL_STOP, REQUEST_TIMEOUT, duration, iteration, plan, urls } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

export const lprScenarios: NonNullable<Options['scenarios']> = {
  lpr: { executor: 'constant-arrival-rate', rate: plan.lprPerSecond, timeUnit: '1s', duration, gracefulStop: GRACEFUL_STOP, preAllocatedVUs: Math.ceil(plan.lprPerSecond * 1.5), exec: 'lpr' },
};

/** A camera has read a licence plate. Plates and cameras are never tags: there are too many of them. */
export function lpr(start: Start): void {
  const { i } = iteration(start);
  const letter = (n: number): string => LETTERS[n % LETTERS.length] ?? 'A';
  const plate = `${letter(i)}${letter(i * 7)}-${String(1000 + ((i * 7919) % 9000))}`;
  http.post(`${urls['ai'] ?? ''}/api/lpr/events`, JSON.stringify({ plate, camera: String(1 + (i % 100)) }), { headers: { 'content-type': 'application/json' }, redirects: 0, timeout: REQUEST_TIMEOUT, tags: { name: '/api/lpr/events', service: 'ai' } });
}
