import http from 'k6/http';
import type { Scenario } from 'k6/options';
import { stepOf, undiluted, wishOf } from './lib/schedule.ts';
import {
  DELAY,
  GRACEFUL_STOP,
  acted,
  duration,
  iteration,
  params,
  perSecond,
  plan,
  stepsOf,
  typicalMsAt,
  urlOf,
  virtualUsers,
} from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { PATHS } from './lib/paths.ts';
import type { SignalStep } from '../src/model/track.ts';

type Service = keyof typeof PATHS;

const SERVICES = (Object.keys(PATHS) as Service[]).filter((service) => perSecond(service) > 0);

/** One open-model scenario per service: what arrives doesn't depend on how fast it is answered. */
export const requestScenarios: Record<string, Scenario> = Object.fromEntries(
  SERVICES.map((service) => [
    `requests_${service}`,
    {
      executor: 'constant-arrival-rate',
      rate: perSecond(service),
      timeUnit: '1s',
      duration,
      gracefulStop: GRACEFUL_STOP,
      preAllocatedVUs: virtualUsers(perSecond(service), slowestSeconds(service)),
      exec: 'requests',
      env: { SERVICE: service },
    },
  ]),
);

/** Shares are promised of all requests of a service, and events that it takes are requests too. */
function shareOf(kind: 'errors' | 'slow', service: Service): SignalStep[] {
  return undiluted(
    stepsOf(`load.${kind}.${service}`),
    perSecond(service),
    Object.entries(plan.arrivals)
      .filter(([name, stream]) => name !== service && stream.service === service)
      .reduce((sum, [, stream]) => sum + stream.perSecond, 0),
  );
}

/** Mean time that the plan's slowest stretch holds a request, s. */
function slowestSeconds(service: Service): number {
  const slow = shareOf('slow', service);
  const typicalMs = typicalMsAt(service);
  if (slow.length === 0) return typicalMs / 1000;
  return (
    (typicalMs +
      Math.max(...slow.map((step) => step.level)) * plan.slowMs +
      plan.tailShare * plan.tailMs) /
    1000
  );
}

/** What is asked of a service all the time; a virtual user asks one service alone. */
interface Asked {
  errors: SignalStep[];
  slow: SignalStep[];
  ratePerSecond: number;
  typicalMs: string;
  url: string;
}

let asked: Asked | undefined;

function askedOf(service: Service): Asked {
  return {
    errors: shareOf('errors', service),
    slow: shareOf('slow', service),
    ratePerSecond: perSecond(service),
    typicalMs: String(typicalMsAt(service)),
    url: urlOf(service),
  };
}

/** One request; its number alone decides whether it is to fail, to be slow, or neither. */
export function requests(start: Start): void {
  const service = __ENV['SERVICE'] as Service;
  const { errors, slow, ratePerSecond, typicalMs, url } = (asked ??= askedOf(service));
  const { i, arrivals } = iteration(start, service, ratePerSecond);
  const wish = wishOf(i, errors, slow, plan.tailShare, arrivals);
  const headers: Record<string, string> = {};
  if (wish === 'error') headers['x-provoke-status'] = '503';
  if (wish === 'slow') headers[DELAY] = String(plan.slowMs);
  if (wish === 'tail') headers[DELAY] = String(plan.tailMs);
  if (wish === 'nothing') headers[DELAY] = typicalMs;
  const route = PATHS[service][i % PATHS[service].length];
  if (!route) return;
  // A share is in force from the first request that it was asked about, not only from the first one
  // that it hit.
  acted(stepOf(errors, i, arrivals));
  acted(stepOf(slow, i, arrivals));
  http.get(`${url}${route.path(i)}`, params(start, service, route.name, 'none', headers));
}
