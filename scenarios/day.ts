import { sleep } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { adjustCameras } from './cameras.ts';
import { dayScenarios } from './lib/day-scenarios.ts';
import { PATHS } from './lib/paths.ts';
import { DELAY, namedServices, params, urlOf } from './lib/plan.ts';
import { waitForStart } from './lib/start.ts';
import { adjustOpen } from './streaming.ts';

// An ordinary day without an end, for a stack that people look at: the harness says what is wanted
// at each moment.

export { waitForStart as setup };

/** Answers of a slow service, ms: over the limit, and just under it. */
const [SLOW_MS, TAIL_MS, TAIL_SHARE] = [1_200, 900, 0.1];
/** How often the wanted levels are asked for, s. */
const ASK_EVERY_S = 1;
/** How often the world is brought to them, s. */
const ADJUST_EVERY_S = 0.5;

export const options: Options = {
  scenarios: dayScenarios(namedServices),
  systemTags: ['status', 'name'],
  discardResponseBodies: true,
  batchPerHost: 20,
  setupTimeout: '300s',
};

let levels: Record<string, number> = {};
let askedAt = 0;

/** The level that is wanted of a signal now; 0 of one that nobody names. */
function wanted(signal: string): number {
  if (Date.now() - askedAt > ASK_EVERY_S * 1000) {
    askedAt = Date.now();
    const answer = http.get(
      `${__ENV['CONTROL_URL'] ?? ''}/levels`,
      params(null, 'control', '/levels', 'text'),
    );
    if (answer.status === 200) levels = answer.json() as Record<string, number>;
  }
  return levels[signal] ?? 0;
}

/** One request of an ordinary user, if there is one at this hour. */
export function ordinary(): void {
  const service = __ENV['SERVICE'] as keyof typeof PATHS;
  if (Math.random() > wanted('load.requests')) return;
  const routes = PATHS[service];
  const n = Math.floor(Math.random() * 1_000);
  const route = routes[n % routes.length];
  if (!route) return;
  const headers: Record<string, string> = {};
  const slow = wanted(`load.slow.${service}`);
  const dice = Math.random();
  if (Math.random() < wanted(`load.errors.${service}`)) headers['x-provoke-status'] = '503';
  else if (dice < slow) headers[DELAY] = String(SLOW_MS);
  else if (slow > 0 && dice < slow + TAIL_SHARE) headers[DELAY] = String(TAIL_MS);
  else headers[DELAY] = String(Math.floor(20 + 120 * Math.random()));
  http.get(`${urlOf(service)}${route.path(n)}`, params(null, service, route.name, 'none', headers));
}

/** A camera reads a licence plate, the more the busier the roads are. */
export function plates(): void {
  if (Math.random() > wanted('load.requests')) return;
  const n = Math.floor(Math.random() * 9_000);
  http.post(
    `${urlOf('ai')}/api/lpr/events`,
    JSON.stringify({ plate: `GT-${1_000 + n}`, camera: String(1 + (n % 100)) }),
    params(null, 'ai', '/api/lpr/events', 'none', { 'content-type': 'application/json' }),
  );
}

/** Brings the world to what is wanted now, again and again. */
function always(adjust: () => void): void {
  for (;;) {
    adjust();
    sleep(ADJUST_EVERY_S);
  }
}

/** Streams and recordings as many as wanted, and recordings that fail as often. */
export function streaming(): void {
  let due = 0;
  const speed = Number(__ENV['SPEED'] ?? 1);
  always(() => {
    adjustOpen('streams', null, wanted('load.streams'));
    adjustOpen('recordings', null, wanted('load.recordings'));
    due += wanted('load.recording-errors') * speed * ADJUST_EVERY_S;
    for (; due >= 1; due--)
      http.post(
        `${urlOf('streaming')}/api/recordings/cam-1/failures`,
        null,
        params(null, 'streaming', '/api/recordings/:id/failures', 'none'),
      );
  });
}

/** Cameras as many offline as wanted. */
export function cameras(): void {
  always(() => adjustCameras(null, wanted('load.cameras-offline')));
}

/** Nobody is asked, and k6 goes on. */
export function idle(): void {
  always(() => undefined);
}
