import http from 'k6/http';
import type { Scenario } from 'k6/options';
import {
  GRACEFUL_STOP,
  duration,
  iteration,
  params,
  perSecond,
  urlOf,
  virtualUsers,
} from './lib/plan.ts';
import type { Start } from './lib/plan.ts';

const PER_SECOND = perSecond('lpr-events');
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
/** As many as a city has: none of them may make a series. */
const CAMERAS = 10_000;

export const lprScenarios: Record<string, Scenario> =
  PER_SECOND > 0
    ? {
        lpr: {
          executor: 'constant-arrival-rate',
          rate: PER_SECOND,
          timeUnit: '1s',
          duration,
          gracefulStop: GRACEFUL_STOP,
          preAllocatedVUs: virtualUsers(PER_SECOND),
          exec: 'lpr',
        },
      }
    : {};

/**
 * A camera has read a licence plate. Plates and cameras are never tags: there are too many of them.
 */
export function lpr(start: Start): void {
  const { i } = iteration(start, 'ai', PER_SECOND);
  const letter = (): string => LETTERS[Math.floor(Math.random() * LETTERS.length)] ?? 'A';
  const plate = `${letter()}${letter()}-${1000 + Math.floor(Math.random() * 9000)}`;
  http.post(
    `${urlOf('ai')}/api/lpr/events`,
    JSON.stringify({ plate, camera: String(1 + (i % CAMERAS)) }),
    params(start, 'ai', '/api/lpr/events', 'none', { 'content-type': 'application/json' }),
  );
}
