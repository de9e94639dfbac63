import { sleep } from 'k6';
import http from 'k6/http';
import type { Options, Scenario } from 'k6/options';
import { adjustCameras } from './cameras.ts';
import { PATHS } from './lib/paths.ts';
import { DELAY, params, urlOf } from './lib/plan.ts';
import { waitForStart } from './lib/start.ts';
import { adjustOpen } from './streaming.ts';

// An ordinary day without an end, for a stack that people look at: the harness says what is wanted
// at each moment.

export { waitForStart as setup };

/** Longer than anybody looks. */
const FOREVER = '720h';
/** Requests a second to each service in the rush hours. */
const MOST_PER_SECOND = 15;
const LPR_PER_SECOND = 2;
/** Answers of a slow service, ms: over the limit, and just under it. */
const [SLOW_MS, TAIL_MS, TAIL_SHARE] = [1_200, 900, 0.1];
/** How often the wanted levels are asked for, s. */
const ASK_EVERY_S = 1;

const arriving = (rate: number, exec: string, service: string): Scenario => ({
  executor: 'constant-arrival-rate',
  rate,
  timeUnit: '1s',
  duration: FOREVER,
  preAllocatedVUs: Math.ceil(rate * 2),
  exec,
  env: { SERVICE: service },
});
const following = (exec: string): Scenario => ({
  executor: 'per-vu-iterations',
  vus: 1,
  iterations: 1,
  maxDuration: FOREVER,
  exec,
});

export const options: Options = {
  scenarios: {
    ...Object.fromEntries(
      Object.keys(PATHS).map((service) => [
        `ordinary_${service}`,
        arriving(MOST_PER_SECOND, 'ordinary', service),
      ]),
    ),
    plates: arriving(LPR_PER_SECOND, 'plates', 'ai'),
    world: following('world'),
  },
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

/** Streams, recordings and cameras as many as wanted, and failures as often. */
export function world(): void {
  let due = 0;
  const speed = Number(__ENV['SPEED'] ?? 1);
  for (;;) {
    adjustOpen('streams', null, wanted('load.streams'));
    adjustOpen('recordings', null, wanted('load.recordings'));
    adjustCameras(null, wanted('load.cameras-offline'));
    due += wanted('load.recording-errors') * speed * 0.5;
    for (; due >= 1; due--)
      http.post(
        `${urlOf('streaming')}/api/recordings/cam-1/failures`,
        null,
        params(null, 'streaming', '/api/recordings/:id/failures', 'none'),
      );
    sleep(0.5);
  }
}
