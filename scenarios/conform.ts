import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { AnsweredCount, ConformAccount, ConformLoad, Lost } from '../src/model/conform.ts';

// Each route of a service as often as the harness says, a few at once: what matters is that every
// answer is counted.

const load = JSON.parse(open(__ENV['CONFORM_LOAD'] ?? '')) as ConformLoad;
/**
 * A service whose workers share a socket that they were handed answers 40 ms late (Nagle's
 * algorithm waits for an acknowledgement that the kernel delays): that many wait side by side.
 */
const AT_ONCE = 32;
const total = load.routes.reduce((sum, route) => sum + route.requests, 0);
/** Every status there is; k6 keeps a part of a metric only where a threshold names it. */
const STATUSES = [0, ...Array.from({ length: 500 }, (_, i) => 100 + i)];

const LOST: Lost[] = ['late', 'refused', 'untrusted', 'broken'];

const answered = new Counter('answered');
const lost = new Counter('lost');
const part = (route: number, status: number): string => `answered{route:${route},status:${status}}`;
const lostPart = (how: Lost): string => `lost{how:${how}}`;
const parts = load.routes.flatMap((_, route) =>
  STATUSES.map((status) => ({ route, status, name: part(route, status) })),
);

export const options: Options = {
  scenarios: {
    routes: {
      executor: 'shared-iterations',
      // k6 refuses more at once than there are.
      vus: Math.min(AT_ONCE, total),
      iterations: total,
      maxDuration: '10m',
      gracefulStop: `${load.timeoutMs + 1_000}ms`,
    },
  },
  thresholds: Object.fromEntries(
    [...parts.map(({ name }) => name), ...LOST.map(lostPart)].map((name) => [name, ['count>=0']]),
  ),
  summaryTrendStats: ['count', 'avg', 'med', 'p(95)', 'p(99)'],
  systemTags: [],
  discardResponseBodies: true,
};

/** For each request its route: all of the first, then all of the second, and so on. */
const ends = load.routes.map((_, i) =>
  load.routes.slice(0, i + 1).reduce((sum, { requests }) => sum + requests, 0),
);

export default function one(): void {
  const i = exec.scenario.iterationInTest;
  const index = ends.findIndex((end) => i < end);
  const route = load.routes[index];
  if (!route) return;
  const path = route.paths[i % route.paths.length] ?? '/';
  const response = http.request(route.method, `${load.url}${path}`, null, {
    redirects: 0,
    timeout: load.timeoutMs,
    tags: { name: 'route' },
  });
  answered.add(1, { route: String(index), status: String(response.status) });
  if (response.status === 0) lost.add(1, { how: howLost(response.error_code) });
}

/** By k6's numbers of errors (grafana.com/docs/k6, "Error codes"). */
function howLost(code: number): Lost {
  if (code === 1050 || code === 1211) return 'late';
  if (code === 1212) return 'refused';
  return code >= 1300 && code < 1400 ? 'untrusted' : 'broken';
}

interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

export function handleSummary(data: Summary): Record<string, string> {
  const counts = parts.flatMap(({ route, status, name }): AnsweredCount[] => {
    const count = data.metrics[name]?.values['count'] ?? 0;
    return count > 0 ? [{ route, status, count }] : [];
  });
  const waited = data.metrics['http_req_duration']?.values ?? {};
  const seconds = (stat: string): number => (waited[stat] ?? 0) / 1000;
  const lostBy = (how: Lost): number => data.metrics[lostPart(how)]?.values['count'] ?? 0;
  const account: ConformAccount = {
    counts,
    lost: {
      late: lostBy('late'),
      refused: lostBy('refused'),
      untrusted: lostBy('untrusted'),
      broken: lostBy('broken'),
    },
    waitedSeconds: { '0.5': seconds('med'), '0.95': seconds('p(95)'), '0.99': seconds('p(99)') },
    waitedInAllSeconds: seconds('avg') * (waited['count'] ?? 0),
  };
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(account) };
}
