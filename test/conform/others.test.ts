import { describe, expect, it } from 'vitest';
import { adviseService, judgeService } from '../../src/conform/index.ts';
import { routeOf, withoutMetrics } from '../../src/conform/routes.ts';
import type { ServiceEvidence } from '../../src/model/conform.ts';
import type { Scrape } from '../../src/model/exposition.ts';
import { EMPTY, PROMISE, RIGHT, after, line, scrape } from './seen.ts';

const ERROR = line('/a/:id', '500', 1);
const told = (seen: ServiceEvidence) => ({
  ids: judgeService(seen, PROMISE).map(({ id }) => id),
  advice: adviseService(seen, PROMISE).map(({ id, title }) => `${id}: ${title}`),
});
/** Counts that grow from one scrape at rest to the next. */
const growing = (...counts: string[]): ServiceEvidence => {
  const rounds = counts.map((one) => [scrape({ counts: one })]);
  return { ...RIGHT, after: rounds, probed: rounds.slice(-1) };
};
const asked = (answers: number): ServiceEvidence => ({
  ...RIGHT,
  routes: [{ ...RIGHT.routes[0]!, requests: answers }],
  account: { ...RIGHT.account, counts: [{ route: 0, status: 200, count: answers }] },
});

describe('requests of somebody else', () => {
  it('a route that grows at rest is not compared', () => {
    const [before, then] = [20, 21].map((n) => `${line('/a/:id', '200', n)}\n${ERROR}`);
    expect(told(growing(before!, then!))).toEqual({
      ids: [],
      advice: [
        'conform/asked-by-others: not compared: GET /a/{id} was answered with 200 9 times, and its count also grows while nothing but the metrics is asked for',
      ],
    });
  });

  it('a last request that is counted late is k6’s own', () => {
    const [before, then] = [8, 9].map((n) => `${line('/a/:id', '200', n)}\n${ERROR}`);
    expect(told(growing(before!, then!))).toEqual({ ids: [], advice: [] });
  });

  it('with all of it less was counted than was answered: that is told', () => {
    const [before, then] = [5, 6].map((n) => `${line('/a/:id', '200', n)}\n${ERROR}`);
    expect(told(growing(before!, then!)).ids).toEqual(['conform/count-differs']);
  });

  it('that came while k6 asked are told as that, and nothing else is', () => {
    const counts = `${line('/a/:id', '200', 11)}\n${ERROR}`;
    expect(told(after({ counts }))).toEqual({
      ids: [],
      advice: [
        'conform/asked-by-others: not compared: GET /a/{id} was answered with 200 9 times, and counted 11 times',
      ],
    });
  });

  it.each([
    [40, ['conform/count-differs']],
    [41, []],
  ])('a service that counts each of 20 answers twice is told: %i', (count, ids) => {
    const seen = { ...asked(20), after: after({ counts: line('/a/:id', '200', count) }).after };
    expect(told({ ...seen, probed: [] }).ids).toEqual(ids);
  });
});

describe('times', () => {
  /** Of another route, slower than anything that k6 waited for. */
  const slow = (path: string, n: number): string =>
    [
      `took_seconds_bucket{path="${path}",le="0.1"} 0`,
      `took_seconds_bucket{path="${path}",le="1"} 0`,
      `took_seconds_bucket{path="${path}",le="+Inf"} ${n}`,
      `took_seconds_sum{path="${path}"} ${3 * n}`,
      `took_seconds_count{path="${path}"} ${n}`,
    ].join('\n');
  const at = (extra: string, then = extra): ServiceEvidence => {
    const rounds: Scrape[][] = [[scrape({ extra })], [scrape({ extra: then })]];
    return { ...RIGHT, after: rounds, probed: [] };
  };

  it('slow scrapes are none of k6’s', () => {
    expect(told(at(slow('/metrics', 20), slow('/metrics', 24)))).toEqual({ ids: [], advice: [] });
  });

  it('what others asked of other routes while k6 asked is none of k6’s', () => {
    expect(told(at(slow('/health', 5)))).toEqual({ ids: [], advice: [] });
  });

  it('what others asked of the same routes is not compared', () => {
    expect(told(at(slow('/a/{id}', 5)))).toEqual({
      ids: [],
      advice: [
        'conform/asked-by-others: times not compared: k6 had 10 answers, and the histogram holds 15',
      ],
    });
  });

  it('a route that grows at rest is missing in what would be compared', () => {
    const seen = at(slow('/b', 5), slow('/b', 6));
    const counts = [...RIGHT.account.counts, { route: 1, status: 404, count: 5 }];
    const routes = [...RIGHT.routes, { ...routeOf('/b'), requests: 5 }];
    const both = { ...seen, routes, account: { ...RIGHT.account, counts } };
    const promise = { ...PROMISE, metrics: PROMISE.metrics.slice(1) };
    expect(judgeService(both, promise)).toEqual([]);
    expect(adviseService(both, promise).map(({ title }) => title)).toContain(
      'times not compared: it also grows while nothing but the metrics is asked for',
    );
  });

  it('a service that is slower than k6 waited is told beside slow scrapes', () => {
    const [first, then] = [4, 8].map((n) =>
      scrape({ buckets: [0, 0, 10], extra: slow('/metrics', n) }),
    );
    expect(told({ ...RIGHT, after: [[first!], [then!]], probed: [] }).ids).toEqual(
      Array(3).fill('conform/quantile-outside'),
    );
  });
});

it('a histogram without series has no bucket that could be missing', () => {
  const empty = { ...EMPTY, samples: EMPTY.samples.filter(({ name }) => !name.startsWith('took')) };
  const seen = { ...RIGHT, after: [[empty], [empty]], probed: [] };
  const promise = { ...PROMISE, metrics: PROMISE.metrics.slice(1) };
  expect(judgeService(seen, promise)).toEqual([]);
  expect(adviseService(seen, promise).map(({ id, title }) => `${id}: ${title}`)).toContain(
    'conform/no-series: not compared: Slow has its limit at 1 s, and the histogram has no series',
  );
});

describe('an error that nobody counted', () => {
  const answered = (status: number): ServiceEvidence['account'] => ({
    ...RIGHT.account,
    counts: [
      { route: 0, status: 200, count: 8 },
      { route: 0, status, count: 2 },
    ],
  });

  it.each([
    [500, 0, 'error-not-counted'],
    [502, 0, 'gateway-error-not-counted'],
    [503, 0, 'gateway-error-not-counted'],
    [504, 0, 'gateway-error-not-counted'],
    [503, 1, 'error-not-counted'],
  ])('%i, which was counted %i times: %s', (status, often, id) => {
    const counts = [line('/a/:id', '200', 8), line('/a/:id', String(status), often)].join('\n');
    expect(told({ ...after({ counts }), account: answered(status) }).ids).toEqual([
      `conform/${id}`,
    ]);
  });

  it.each([502, 500])('%i that is counted is right', (status) => {
    const counts = [line('/a/:id', '200', 8), line('/a/:id', String(status), 2)].join('\n');
    expect(told({ ...after({ counts }), account: answered(status) }).ids).toEqual([]);
  });
});

describe('a gauge of connections', () => {
  const open = (before: number, then: number): ServiceEvidence => ({
    ...after({ open: then }),
    before: [[scrape({ counts: '', buckets: [0, 0, 0], sum: 0, open: before })]],
  });

  it.each([
    [0, NaN, 'it is still NaN when nothing is open any more; before it was 0'],
    [NaN, NaN, 'it is still NaN when nothing is open any more; before it was NaN'],
    [NaN, 2, 'it is still 2 when nothing is open any more; before it was NaN'],
  ])('that was %d and is %d isn’t back', (before, then, title) => {
    expect(judgeService(open(before, then), PROMISE).map((one) => one.title)).toEqual([title]);
  });

  it('that is a number again is back', () => {
    expect(told(open(NaN, 0)).ids).toEqual([]);
  });

  it('is told as not compared where no counter of requests is promised', () => {
    const promise = { ...PROMISE, metrics: PROMISE.metrics.slice(2) };
    expect(judgeService(after({ open: 3 }), promise)).toEqual([]);
    expect(adviseService(after({ open: 3 }), promise).map(({ title }) => title)).toContain(
      '`open_connections` was 0 and is 3: no counter says that it is about requests',
    );
    expect(adviseService(RIGHT, promise)).toHaveLength(2);
  });
});

it.each([
  ['http://h', '/metrics', ['/a']],
  ['http://h', '/metrics/', ['/a']],
  ['http://h/api', '/metrics', ['/a', '/metrics']],
  ['http://h/api', '/api/metrics', ['/a']],
  ['http://h', '/internal/metrics', ['/a', '/metrics']],
])('at %s, with %s for the metrics, %j are asked', (url, metricsPath, left) => {
  const routes = ['/a', '/metrics'].map(routeOf);
  expect(withoutMetrics(routes, new URL(url), metricsPath).map((one) => one.template)).toEqual(
    left,
  );
});
