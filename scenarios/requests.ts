import http from 'k6/http';
import type { Options } from 'k6/options';
import { chosen, stepAt } from './lib/schedule.ts';
import { GRACEFUL_STOP, REQUEST_TIMEOUT, acted, duration, iteration, plan, stepsOf, urls } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';

type Service = keyof typeof plan.requestsPerSecond;
const SERVICES = Object.keys(plan.requestsPerSecond) as Service[];
const ROUTES: Record<Service, { path: (n: number) => string; name: string }[]> = {
  backend: [{ path: (n) => `/api/users/${n % 97}`, name: '/api/users/:id' }, { path: () => '/api/events', name: '/api/events' }, { path: (n) => `/api/cameras/${1 + (n % 100)}`, name: '/api/cameras/:id' }],
  streaming: [{ path: () => '/api/streams', name: '/api/streams' }, { path: () => '/api/recordings', name: '/api/recordings' }],
  ai: [{ path: (n) => `/api/models/${n % 7}`, name: '/api/models/:id' }],
};
/** Slow and frozen answers hold a virtual user each. */
const SECONDS_HELD = 1.5;

/** One open-model scenario per service: what arrives doesn't depend on how fast it is answered. */
export const requestScenarios: NonNullable<Options['scenarios']> = Object.fromEntries(
  SERVICES.map((service) => [
    `requests_${service}`,
    { executor: 'constant-arrival-rate', rate: plan.requestsPerSecond[service], timeUnit: '1s', duration, gracefulStop: GRACEFUL_STOP, preAllocatedVUs: Math.ceil(plan.requestsPerSecond[service] * SECONDS_HELD), exec: 'requests', env: { SERVICE: service } },
  ]),
);

/** One request; its number alone decides whether it is to fail, to be slow, or neither. */
export function requests(start: Start): void {
  const service = __ENV['SERVICE'] as Service;
  const rate = plan.requestsPerSecond[service];
  const { i, offsetMs } = iteration(start);
  const runMs = offsetMs + (i * 1000) / rate;
  const errors = stepsOf(`load.errors.${service}`);
  const slow = stepsOf(`load.slow.${service}`);
  const headers: Record<string, string> = {};
  const fails = chosen(errors, i, rate, offsetMs);
  const lags = !fails && chosen(slow, i, rate, offsetMs);
  if (fails) headers['x-provoke-status'] = '503';
  else if (lags) headers['x-provoke-delay-ms'] = String(plan.slowMs);
  else if (slow.length > 0 && i % Math.round(1 / plan.tailShare) === 0) headers['x-provoke-delay-ms'] = String(plan.tailMs);
  // A step with a share of nothing begins with its first request; any other with the first one that it provoked.
  for (const [steps, provoked] of [[errors, fails], [slow, lags]] as const) {
    const step = stepAt(steps, runMs);
    if (step && (provoked || step.level === 0)) acted(step);
  }
  const routes = ROUTES[service];
  const route = routes[i % routes.length];
  if (route) http.get(`${urls[service] ?? ''}${route.path(i)}`, { headers, redirects: 0, timeout: REQUEST_TIMEOUT, tags: { name: route.name, service } });
}
