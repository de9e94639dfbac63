import http from 'k6/http';
import type { Scenario } from 'k6/options';
import {
  GRACEFUL_STOP,
  duration,
  iteration,
  params,
  plan,
  urlOf,
  virtualUsers,
} from './lib/plan.ts';
import type { Start } from './lib/plan.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
/** As many as a city has: none of them may make a series. */
const CAMERAS = 10_000;

export const lprScenarios: Record<string, Scenario> =
  plan.lprPerSecond > 0
    ? {
        lpr: {
          executor: 'constant-arrival-rate',
          rate: plan.lprPerSecond,
          timeUnit: '1s',
          duration,
          gracefulStop: GRACEFUL_STOP,
          preAllocatedVUs: virtualUsers(plan.lprPerSecond),
          exec: 'lpr',
        },
      }
    : {};

/** A camera has read a licence plate. Plates and cameras are never tags: there are too many of them. */
export function lpr(start: Start): void {
  const { i } = iteration(start, plan.lprPerSecond);
  const letter = (): string => LETTERS[Math.floor(Math.random() * LETTERS.length)] ?? 'A';
  const plate = `${letter()}${letter()}-${1000 + Math.floor(Math.random() * 9000)}`;
  http.post(
    `${urlOf('ai')}/api/lpr/events`,
    JSON.stringify({ plate, camera: String(1 + (i % CAMERAS)) }),
    params(start, 'ai', '/api/lpr/events', 'none', { 'content-type': 'application/json' }),
  );
}
