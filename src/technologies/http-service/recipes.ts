import type { Ingredient, Recipe } from '../recipe.ts';

const REQUEST = { method: 'GET', endpoint: '/api/items/:id' };
const REQUESTS_PER_SECOND = 10;

/** Share of the requests that a bucket holds: the slow ones take 1.2 s, a tenth of the others 0.9 s (docs/contract.md). */
const bucket = (le: string, share: (slow: number) => number): Ingredient => ({
  metric: 'http_request_duration_seconds_bucket',
  labels: { ...REQUEST, le },
  counter: true,
  at: (slow) => REQUESTS_PER_SECOND * share(slow),
});

export const errors: Recipe = {
  follows: 'ratio',
  series: [
    {
      metric: 'http_requests_total',
      labels: { ...REQUEST, status: '200' },
      counter: true,
      at: (share) => REQUESTS_PER_SECOND * (1 - share),
    },
    {
      metric: 'http_requests_total',
      labels: { ...REQUEST, status: '500' },
      counter: true,
      at: (share) => REQUESTS_PER_SECOND * share,
    },
  ],
};

export const latency: Recipe = {
  follows: 'ratio',
  series: [
    bucket('0.5', (slow) => 0.9 * (1 - slow)),
    bucket('1', (slow) => 1 - slow),
    bucket('2.5', () => 1),
    bucket('+Inf', () => 1),
  ],
};
