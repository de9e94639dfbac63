import http from 'k6/http';
import type { Options } from 'k6/options';
import { GRACEFUL_STOP, REQUEST_TIMEOUT, duration, plan, stepsOf, urls } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { reconcile } from './lib/reconcile.ts';

export const cameraScenarios: NonNullable<Options['scenarios']> =
  stepsOf('load.cameras-offline').length === 0 ? {} : { cameras: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: duration, gracefulStop: GRACEFUL_STOP, exec: 'cameras' } };

/** Cameras flap: as many are offline as the plan says at each moment. */
export function cameras(start: Start): void {
  const base = urls['backend'] ?? '';
  reconcile('load.cameras-offline', start, (level) => {
    const now = http.get(`${base}/api/cameras`, { redirects: 0, timeout: REQUEST_TIMEOUT, responseType: 'text', tags: { name: '/api/cameras', service: 'backend' } });
    if (now.status !== 200) return false;
    const offline = (now.json() as { offline: number }).offline;
    const [from, to] = offline < level ? [offline, level] : [level, offline];
    // Cameras 1 to n are the ones that are offline, so that a number alone says which.
    const ids = Array.from({ length: to - from }, (_, k) => from + 1 + k).filter((id) => id <= plan.cameras);
    const answers = http.batch(ids.map((id) => ['PUT', `${base}/api/cameras/${id}/state`, JSON.stringify({ online: offline > level }), { headers: { 'content-type': 'application/json' }, redirects: 0, timeout: REQUEST_TIMEOUT, tags: { name: '/api/cameras/:id/state', service: 'backend' } }]));
    return answers.every((answer) => answer.status === 204);
  });
}
