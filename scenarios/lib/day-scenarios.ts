import type { Options, Scenario } from 'k6/options';
import { PATHS } from './paths.ts';

/** Longer than anybody looks. */
const FOREVER = '720h';
/** Requests a second to each service in the rush hours. */
const MOST_PER_SECOND = 15;
const LPR_PER_SECOND = 2;

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

/** What besides ordinary requests is done to a service, each by the function of its name. */
const OWN: Record<string, Record<string, Scenario>> = {
  backend: { cameras: following('cameras') },
  streaming: { streaming: following('streaming') },
  ai: { plates: arriving(LPR_PER_SECOND, 'plates', 'ai') },
};
/** Where a stack has none of the services: k6 refuses to run nothing. */
const IDLE = { idle: following('idle') };

/**
 * What k6 does on an ordinary day.
 * @param services those that the stack has: one that isn't there is asked nothing
 */
export function dayScenarios(services: readonly string[]): NonNullable<Options['scenarios']> {
  const asked = Object.keys(PATHS).filter((service) => services.includes(service));
  const scenarios = asked.map((service) => ({
    [`ordinary_${service}`]: arriving(MOST_PER_SECOND, 'ordinary', service),
    ...OWN[service],
  }));
  return asked.length === 0 ? IDLE : (Object.assign({}, ...scenarios) as Record<string, Scenario>);
}
