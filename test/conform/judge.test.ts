import { describe, expect, it } from 'vitest';
import { CONFORM_ADVICE, CONFORM_FINDINGS } from '../../src/conform/finding.ts';
import { adviseService, judgeService } from '../../src/conform/index.ts';
import type { ServiceEvidence, ServicePromise } from '../../src/model/conform.ts';
import type { Scrape } from '../../src/model/exposition.ts';
import { EMPTY, PROMISE, RIGHT, after, line, scrape, where } from './seen.ts';

/** The same, with another status for the one error that k6 was answered. */
function answeredBy(status: string, seen: ServiceEvidence): ServiceEvidence {
  const [right, wrong] = RIGHT.account.counts;
  const counts = [right, { ...wrong, status: Number(status) }] as typeof RIGHT.account.counts;
  return { ...seen, account: { ...seen.account, counts } };
}

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
  ['gatewayNotCounted', answeredBy('502', after({ counts: line('/a/:id', '200', 9) }))],
  ['connections', after({ open: 3 })],
  ['unit', after({ sum: 1500 })],
  ['quantile', after({ buckets: [0, 0, 10] })],
  ['workers', { ...RIGHT, after: [[scrape()], [EMPTY]], probed: [] }],
  ['reset', { ...RIGHT, probed: [[EMPTY]] }],
  ['rawPath', { ...RIGHT, probed: [[scrape({ extra: line('/x/1', '404', 1) })]] }],
  [
    'tooMany',
    {
      ...RIGHT,
      probed: [
        [scrape({ extra: ['1', '2', '3'].map((n) => line(`/other/${n}`, '404', 1)).join('\n') })],
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
  expect(judgeService({ ...RIGHT, before: [[before]], after: [[busy]] }, PROMISE)).toEqual([]);
});

it.each(['', '# TYPE stock_count gauge\n'])('its own metric is none of another’s: %j', (type) => {
  const own = { name: 'stock_count', type: 'gauge', labels: [], series: 1, where };
  const promise = { ...PROMISE, metrics: [...PROMISE.metrics, own] };
  expect(judgeService(after({ extra: `${type}stock_count 3` }), promise)).toEqual([]);
  const foreign = after({ extra: `${type}stock_count 3\nstock_sum 3` });
  expect(judgeService(foreign, promise).map(({ id }) => id)).toEqual([CONFORM_FINDINGS.foreign.id]);
});

it('a parameter may be written in any way', () => {
  const counts = `${line('/a/<number>', '200', 9)}\n${line('/a/<number>', '500', 1)}`;
  expect(judgeService(after({ counts }), PROMISE)).toEqual([]);
});

describe('a service whose scrapes are counted too', () => {
  const counting = (scrapes: number): Scrape =>
    scrape({
      counts: `${line('/a/:id', '200', 9)}\n${line('/a/:id', '500', 1)}\n${line('/metrics', '200', scrapes)}`,
    });
  const seen: ServiceEvidence = {
    ...RIGHT,
    after: [
      [counting(5), counting(4)],
      [counting(6), counting(7)],
    ],
    probed: [[counting(9)]],
  };

  it('keeps its contract, and is advised', () => {
    expect(judgeService(seen, PROMISE)).toEqual([]);
    expect(adviseService(seen, PROMISE)).toMatchObject([
      { ...{ id: CONFORM_ADVICE.scrapesCounted.id, level: 'advice' }, subject: 'reqs_total' },
    ]);
    expect(adviseService(RIGHT, PROMISE)).toEqual([]);
  });

  it('is told by a worker that answers with less', () => {
    const after = [[counting(5)], [counting(2)]];
    const found = judgeService({ ...seen, after, probed: [] }, PROMISE);
    expect(found.map(({ id, title }) => [id, title])).toEqual([
      [
        CONFORM_FINDINGS.workers.id,
        'at rest `reqs_total{code="200",method="GET",path="/metrics"}` was 5, and then 2',
      ],
    ]);
    expect(adviseService({ ...seen, after, probed: [] }, PROMISE)).toEqual([]);
  });
});

describe('a service that counts in a histogram alone', () => {
  const metric = { ...{ type: 'histogram', labels: ['method', 'path', 'code'] }, series: 3, where };
  const promise: ServicePromise = {
    ...{ job: 'api', foreign: [], limits: [] },
    metrics: [{ name: 'served_seconds', ...metric }],
  };
  const served = (errors: number): Scrape =>
    scrape({
      extra: [
        '# TYPE served_seconds histogram',
        `served_seconds_count{method="GET",path="/a/:id",code="200"} 9`,
        `served_seconds_count{method="GET",path="/a/:id",code="500"} ${errors}`,
      ].join('\n'),
    });

  it.each([
    [1, []],
    [0, [CONFORM_FINDINGS.errorNotCounted.id]],
  ])('and counts %i errors of one', (errors, ids) => {
    const seen = { ...RIGHT, after: [[served(errors)]], probed: [] };
    expect(judgeService(seen, promise).map(({ id }) => id)).toEqual(ids);
  });
});

describe('routes that go by another name', () => {
  it('names of views are compared in all', () => {
    const right = `${line('shop.item', '200', 9)}\n${line('shop.item', '500', 1)}`;
    expect(judgeService(after({ counts: right }), PROMISE)).toEqual([]);
    const wrong = `${line('shop.item', '200', 9)}`;
    expect(judgeService(after({ counts: wrong }), PROMISE).map(({ title }) => title)).toEqual([
      'GET was answered with 500 once, and counted 0 times',
    ]);
  });

  it('a template without its prefix is named as what it was counted', () => {
    const counts = `${line('/:id', '200', 9)}\n${line('/:id', '500', 1)}`;
    expect(judgeService(after({ counts }), PROMISE).map(({ title }) => title)).toEqual([
      'GET /a/{id} was answered with 200 9 times, and counted 0 times; 9 times as `/:id`',
      'GET /a/{id} was answered with 500 once, and counted 0 times; once as `/:id`',
    ]);
  });
});

it('where nothing counts by method, route and status, it is said that nothing was compared', () => {
  const metrics = PROMISE.metrics.slice(2);
  expect(adviseService(RIGHT, { ...PROMISE, metrics }).map(({ id }) => id)).toEqual([
    CONFORM_ADVICE.notCompared.id,
    CONFORM_ADVICE.notCompared.id,
  ]);
});

it('quantiles that a service works out itself are no counts, and no series', () => {
  const summary = { name: 'took_summary', type: 'summary', labels: [], series: 1, where };
  const told = (quantile: number): Scrape =>
    scrape({
      extra: `# TYPE took_summary summary\ntook_summary{quantile="0.5"} ${quantile}\ntook_summary{quantile="0.9"} 1\ntook_summary_count 10`,
    });
  const seen = { ...RIGHT, after: [[told(0.4)], [told(0.3)]], probed: [[told(0.2)]] };
  expect(judgeService(seen, { ...PROMISE, metrics: [...PROMISE.metrics, summary] })).toEqual([]);
});
