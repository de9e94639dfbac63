import http from 'k6/http';
import type { Scenario } from 'k6/options';
import {
  DELAY,
  GRACEFUL_STOP,
  iteration,
  params,
  plan,
  typicalMsAt,
  urlOf,
  virtualUsers,
} from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { PROBED_STATUSES, UNMATCHED } from './lib/routes.ts';

/** Cameras that are asked for, most of which nobody has. */
const IDS = 10_000;

/** Where each service is asked for many ids, and for many statuses. */
const ASKED: Record<string, { ids: string; statuses: string }> = {
  backend: { ids: '/api/cameras', statuses: '/api/events' },
  streaming: { ids: '/api/streams', statuses: '/api/recordings' },
  ai: { ids: '/api/models', statuses: '/api/lpr/events' },
};

export const probeScenarios: Record<string, Scenario> = Object.fromEntries(
  Object.entries(plan.probes).map(([service, { startMs, perSecond }]) => [
    `probe_${service}`,
    {
      executor: 'constant-arrival-rate',
      rate: perSecond,
      timeUnit: '1s',
      startTime: `${startMs}ms`,
      duration: `${plan.lengthMs - startMs}ms`,
      gracefulStop: GRACEFUL_STOP,
      preAllocatedVUs:
        virtualUsers(perSecond / 10) + Math.ceil((perSecond * typicalMsAt(service)) / 1000),
      exec: 'probe',
      env: { SERVICE: service },
    },
  ]),
);

/**
 * Many ids, paths and statuses: whatever is asked for, the service's series stay few, and each
 * answer is counted where it belongs. Of ten requests eight name an id, one a path that no route
 * knows, one asks for a status; errors stay well under any limit.
 */
export function probe(start: Start): void {
  const service = __ENV['SERVICE'] ?? '';
  const { ids, statuses } = ASKED[service] ?? { ids: '', statuses: '' };
  const { i } = iteration(start, service, plan.probes[service]?.perSecond ?? 1);
  const base = urlOf(service);
  const round = Math.floor(i / 10);
  const headers = { [DELAY]: String(typicalMsAt(service)) };
  if (i % 10 === 8) {
    const method = ['GET', 'POST', 'DELETE'][round % 3] ?? 'GET';
    http.request(
      method,
      `${base}/${Math.random().toString(36).slice(2)}/${round}`,
      null,
      params(start, service, UNMATCHED, 'none', headers),
    );
  } else if (i % 10 === 9) {
    // Each server error is asked for a tenth as often as what clients got wrong.
    const wanted = PROBED_STATUSES.filter((status) => status < 500 || round % 10 === 0);
    http.get(
      `${base}${statuses}`,
      params(start, service, statuses, 'none', {
        ...headers,
        'x-provoke-status': String(wanted[round % wanted.length]),
      }),
    );
  } else
    http.get(
      `${base}${ids}/${(round * 8 + (i % 10)) % IDS}`,
      params(start, service, `${ids}/:id`, 'none', headers),
    );
}
