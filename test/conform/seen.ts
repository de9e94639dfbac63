import { readExposition } from '../../src/lib/exposition.ts';
import type { ServiceEvidence, ServicePromise } from '../../src/model/conform.ts';
import type { Scrape } from '../../src/model/exposition.ts';

export const where = 'contract.yaml:1';
export const PROMISE: ServicePromise = {
  job: 'api',
  metrics: [
    { name: 'reqs_total', type: 'counter', labels: ['method', 'path', 'code'], series: 3, where },
    { name: 'took_seconds', type: 'histogram', labels: ['path'], series: 2, where },
    { name: 'open_connections', type: 'gauge', labels: [], series: 1, where },
  ],
  foreign: ['stock'],
  limits: [{ metric: 'took_seconds', alert: 'Slow', limit: 1, where: 'rules.yml:1' }],
};

export interface Told {
  counts?: string;
  open?: number;
  buckets?: [number, number, number];
  sum?: number;
  extra?: string;
  contentType?: string;
  replace?: [string, string];
}

/**
 * A /metrics text of the service after ten requests, nine of them answered with 200 and one with
 * 500.
 */
export function scrape(told: Told = {}): Scrape {
  const { buckets = [8, 10, 10], open = 0, sum = 1.5 } = told;
  const text = `# TYPE reqs_total counter
${told.counts ?? 'reqs_total{method="GET",path="/a/:id",code="200"} 9\nreqs_total{method="GET",path="/a/:id",code="500"} 1'}
# TYPE took_seconds histogram
took_seconds_bucket{path="/a/:id",le="0.1"} ${buckets[0]}
took_seconds_bucket{path="/a/:id",le="1"} ${buckets[1]}
took_seconds_bucket{path="/a/:id",le="+Inf"} ${buckets[2]}
took_seconds_sum{path="/a/:id"} ${sum}
took_seconds_count{path="/a/:id"} ${buckets[2]}
# TYPE open_connections gauge
open_connections ${open}
${told.extra ?? ''}
`;
  const [from, to] = told.replace ?? ['', ''];
  return {
    contentType: told.contentType ?? 'text/plain; version=0.0.4',
    ...readExposition(text.replaceAll(from === '' ? '\u0000' : from, to)),
  };
}

export const EMPTY = scrape({ counts: '', buckets: [0, 0, 0], sum: 0 });
export const RIGHT: ServiceEvidence = {
  before: [[EMPTY], [EMPTY]],
  routes: [{ method: 'GET', paths: ['/a/1'], template: '/a/{id}', requests: 10 }],
  account: {
    counts: [
      { route: 0, status: 200, count: 9 },
      { route: 0, status: 500, count: 1 },
    ],
    lost: { late: 0, refused: 0, untrusted: 0, broken: 0 },
    waitedSeconds: { '0.5': 0.05, '0.95': 0.5, '0.99': 0.6 },
    waitedInAllSeconds: 1.6,
  },
  after: [[scrape()], [scrape()]],
  probes: [{ method: 'GET', paths: ['/x/1', '/x/2'], template: null, requests: 2 }],
  probesAnswered: 2,
  probed: [[scrape()]],
};
export const after = (told: Told): ServiceEvidence => ({
  ...RIGHT,
  after: [[scrape(told)], [scrape(told)]],
  probed: [[scrape(told)]],
});
export const line = (path: string, code: string, count: number): string =>
  `reqs_total{method="GET",path="${path}",code="${code}"} ${count}`;
