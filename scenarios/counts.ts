import http from 'k6/http';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import { GRACEFUL_STOP, params, plan, urlOf } from './lib/plan.ts';
import { ROUTES, UNMATCHED } from './lib/routes.ts';
import { partsOf } from './lib/parts.ts';
import { summarize } from './lib/summary.ts';
import type { Summary } from './lib/read-summary.ts';

// As many requests as can be sent, to every route and status: for measuring, not part of a run.
const SERVICE = 'backend';
const START = { t0: 0 };
const sent = new Counter('sent');

/** Every pair of a route without a body and a status. */
const PAIRS = ROUTES.filter((route) => route.service === SERVICE && route.method !== 'PUT').flatMap(
  (route) => route.statuses.map((status) => ({ ...route, status })),
);

export const options: Options = {
  scenarios: {
    counts: {
      executor: 'shared-iterations',
      vus: 20,
      iterations: Number(__ENV['REQUESTS'] ?? 1_000),
      maxDuration: '30m',
      gracefulStop: GRACEFUL_STOP,
    },
  },
  thresholds: {
    ...Object.fromEntries(partsOf(plan).map((part) => [part.name, [`${part.stat}>=0`]])),
    [`sent{service:${SERVICE},span:life 1}`]: ['count>=0'],
  },
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
  summaryTrendStats: ['count', 'med', 'p(95)', 'p(99)'],
  discardResponseBodies: true,
};

/** One request; its number alone decides to where, and which answer it asks for. */
export default function counts(): void {
  const i = exec.scenario.iterationInTest;
  const pair = PAIRS[i % PAIRS.length];
  if (!pair) return;
  const path =
    pair.name === UNMATCHED ? `/nowhere/${i}` : pair.name.replace(':id', String(1 + (i % 97)));
  const request = params(
    START,
    SERVICE,
    pair.name,
    'none',
    pair.name === UNMATCHED ? {} : { 'x-provoke-status': String(pair.status) },
  );
  sent.add(1, request.tags);
  http.request(pair.method, `${urlOf(SERVICE)}${path}`, null, request);
}

/** k6's own account, also when it is interrupted. */
export function handleSummary(data: Summary): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(summarize(plan, data)) };
}
