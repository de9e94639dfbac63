import { expect, it } from 'vitest';
import { readServed, servedFigures } from '../../src/capacity-run/measure/served.ts';

/** A service that has answered so many requests, some with errors, one route as another. */
const textOf = (answered: number, errors: number): string =>
  ['/api/a', '/api/b/:id']
    .flatMap((route) => [
      `http_requests_total{method="GET",endpoint="${route}",status="200"} ${answered - errors}`,
      `http_requests_total{method="GET",endpoint="${route}",status="503"} ${errors}`,
      `http_request_duration_seconds_bucket{le="0.1",method="GET",endpoint="${route}"} 0`,
      `http_request_duration_seconds_bucket{le="0.2",method="GET",endpoint="${route}"} ${answered}`,
      `http_request_duration_seconds_bucket{le="+Inf",method="GET",endpoint="${route}"} ${answered}`,
      `http_request_duration_seconds_sum{method="GET",endpoint="${route}"} 12`,
    ])
    .concat(['# TYPE http_connections_active gauge', 'http_connections_active 7', 'other 99'])
    .join('\n');

it('reads what a service tells of its requests, all routes together', () =>
  expect(readServed(textOf(100, 10))).toEqual({
    requests: 200,
    errors: 20,
    buckets: [
      [0.1, 0],
      [0.2, 200],
      [Infinity, 200],
    ],
    connections: 7,
  }));

it('gives the figures of the time between two moments', () => {
  const figures = servedFigures(readServed(textOf(100, 10)), readServed(textOf(200, 40)));
  expect(figures).toMatchObject({ connections: 7, servedErrorShare: 0.3 });
  expect(figures.servedP95Seconds).toBeCloseTo(0.195);
});
