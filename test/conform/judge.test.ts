import { describe, expect, it } from 'vitest';
import { CONFORM_FINDINGS } from '../../src/conform/finding.ts';
import { judgeService } from '../../src/conform/index.ts';
import { readExposition } from '../../src/lib/exposition.ts';
import type { ServiceEvidence, ServicePromise } from '../../src/model/conform.ts';
import type { Scrape } from '../../src/model/exposition.ts';

const where = 'contract.yaml:1';
const PROMISE: ServicePromise = {
  job: 'api',
  metrics: [
    { name: 'reqs_total', type: 'counter', labels: ['method', 'path', 'code'], series: 3, where },
    { name: 'took_seconds', type: 'histogram', labels: ['path'], series: 2, where },
    { name: 'open_connections', type: 'gauge', labels: [], series: 1, where },
  ],
  foreign: ['stock'],
  limits: [{ metric: 'took_seconds', alert: 'Slow', limit: 1, where: 'rules.yml:1' }],
};

interface Told {
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
function scrape(told: Told = {}): Scrape {
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

const EMPTY = scrape({ counts: '', buckets: [0, 0, 0], sum: 0 });
const RIGHT: ServiceEvidence = {
  before: [EMPTY, EMPTY],
  routes: [{ method: 'GET', paths: ['/a/1'], template: '/a/{id}', requests: 10 }],
  account: {
    counts: [
      { route: 0, status: 200, count: 9 },
      { route: 0, status: 500, count: 1 },
    ],
    waitedSeconds: { '0.5': 0.05, '0.95': 0.5, '0.99': 0.6 },
    waitedInAllSeconds: 1.6,
  },
  after: [scrape(), scrape()],
  probes: [{ method: 'GET', paths: ['/x/1', '/x/2'], template: null, requests: 2 }],
  probed: [scrape()],
};
const after = (told: Told): ServiceEvidence => ({
  ...RIGHT,
  after: [scrape(told), scrape(told)],
  probed: [scrape(told)],
});
const line = (path: string, code: string, count: number): string =>
  `reqs_total{method="GET",path="${path}",code="${code}"} ${count}`;

/** What is seen of a service, and the one finding that it must give. */
const CASES: [kind: keyof typeof CONFORM_FINDINGS, seen: ServiceEvidence][] = [
  ['contentType', after({ contentType: 'text/html' })],
  ['unread', after({ extra: 'this is no sample' })],
  ['missing', after({ replace: ['open_connections', 'opened'] })],
  [
    'type',
    after({ replace: ['# TYPE open_connections gauge', '# TYPE open_connections counter'] }),
  ],
  ['labels', after({ replace: ['code="', 'statuscode="'] })],
  ['foreign', after({ extra: 'stock 0' })],
  ['statusText', after({ counts: `${line('/a/:id', 'OK', 9)}\n${line('/a/:id', '500', 1)}` })],
  ['count', after({ counts: `${line('/a/:id', '200', 8)}\n${line('/a/:id', '500', 1)}` })],
  ['errorNotCounted', after({ counts: line('/a/:id', '200', 9) })],
  ['connections', after({ open: 3 })],
  ['unit', after({ sum: 1500 })],
  ['quantile', after({ buckets: [0, 0, 10] })],
  ['workers', { ...RIGHT, after: [scrape(), EMPTY], probed: [] }],
  ['reset', { ...RIGHT, probed: [EMPTY] }],
  ['rawPath', { ...RIGHT, probed: [scrape({ extra: line('/x/1', '404', 1) })] }],
  [
    'tooMany',
    {
      ...RIGHT,
      probed: [
        scrape({ extra: ['1', '2', '3'].map((n) => line(`/other/${n}`, '404', 1)).join('\n') }),
      ],
    },
  ],
  ['noEdge', RIGHT],
];

describe('each kind of finding about a service', () => {
  it('none about one that keeps its contract', () => {
    expect(judgeService(RIGHT, PROMISE)).toEqual([]);
  });

  it.each(CASES)('%s', (kind, seen) => {
    const limits =
      kind === 'noEdge' ? PROMISE.limits.map((l) => ({ ...l, limit: 0.7 })) : PROMISE.limits;
    const ids = judgeService(seen, { ...PROMISE, limits }).map(({ id }) => id);
    expect([...new Set(ids)]).toEqual([CONFORM_FINDINGS[kind].id]);
  });

  it('every kind has a case', () => {
    expect(CASES.map(([kind]) => kind).sort()).toEqual(Object.keys(CONFORM_FINDINGS).sort());
  });
});

it('a connection that the scrape itself holds open is not held open', () => {
  const busy = scrape({ open: 1 });
  const before = scrape({ counts: '', buckets: [0, 0, 0], sum: 0, open: 1 });
  expect(judgeService({ ...RIGHT, before: [before], after: [busy] }, PROMISE)).toEqual([]);
});

it('a parameter may be written in any way', () => {
  const counts = `${line('/a/<number>', '200', 9)}\n${line('/a/<number>', '500', 1)}`;
  expect(judgeService(after({ counts }), PROMISE)).toEqual([]);
});
