import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Gauge } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { DistributedLoad } from '../src/model/distributed.ts';
import { accountOf, partsRead, statusKey } from './lib/account.ts';
import { bucketOf } from './lib/buckets.ts';
import type { Summary } from './lib/read-summary.ts';

// One part of a load that several k6 processes make together, each with its own execution segment.
// It has no setup(): each process would do it for itself. What it counts can be added up: counters
// alone, no quantiles.

const load = JSON.parse(open('./load.json')) as DistributedLoad;

/**
 * What is over the number of requests; these iterations do nothing, so that a late process still
 * sends all of its own.
 */
const SPARE_SECONDS = 2;

// Two samples with each request and no more: each costs the generator about 0.02 ms.
const [sent, answered, startedAt] = [
  new Counter('sent'),
  new Counter('answered'),
  new Gauge('started_at'),
];

export const options: Options = {
  scenarios: {
    load: {
      executor: 'constant-arrival-rate',
      rate: load.ratePerSecond,
      timeUnit: '1s',
      duration: `${Math.ceil(load.requests / load.ratePerSecond) + SPARE_SECONDS}s`,
      preAllocatedVUs: load.virtualUsers,
      gracefulStop: `${load.requestTimeoutMs + 1_000}ms`,
    },
  },
  thresholds: Object.fromEntries(partsRead(load).map((name) => [name, ['count>=0']])),
  systemTags: ['status', 'scenario'],
  discardResponseBodies: true,
};

/** One request; its number among those of all parts alone decides where to. */
export default function part(): void {
  const n = exec.scenario.iterationInTest;
  if (n >= load.requests) return;
  const at = n % load.routes.length;
  const route = load.routes[at];
  if (!route) return;
  const id = String(1 + (Math.floor(n / load.routes.length) % route.ids));
  const intendedMs = exec.scenario.startTime + (n * 1000) / load.ratePerSecond;
  if (exec.scenario.iterationInInstance === 0) startedAt.add(exec.scenario.startTime);
  sent.add(1);
  const sentAtMs = Date.now();
  const answer = http.request(
    route.method,
    `${load.targets[route.service] ?? ''}${route.name.replace(':id', id)}`,
    route.body?.replace(':id', id) ?? null,
    {
      redirects: 0,
      timeout: load.requestTimeoutMs,
      responseType: 'none',
      tags: { name: route.name },
      headers: route.body === null ? {} : { 'content-type': 'application/json' },
    },
  );
  const latencyMs = Math.max(0, sentAtMs - intendedMs) + answer.timings.duration;
  answered.add(1, {
    route: String(at),
    status: statusKey(answer.status),
    bucket: String(bucketOf(latencyMs)),
  });
}

/**
 * This part's account, on one line of its standard output, and in a file where the load asks for
 * one.
 */
export function handleSummary(data: Summary): Record<string, string> {
  const own = exec.test.options as {
    executionSegment?: string | null;
    executionSegmentSequence?: string | null;
  };
  const account = accountOf(
    load,
    data,
    own.executionSegment || '0:1',
    own.executionSegmentSequence || '0,1',
  );
  const text = JSON.stringify(account);
  const stdout = `PART ${text}\n`;
  if (load.resultsDir === null) return { stdout };
  const part = account.segment.replaceAll('/', 'of').replaceAll(':', '-');
  return { stdout, [`${load.resultsDir}/${load.run}-${part}.json`]: `${text}\n` };
}
