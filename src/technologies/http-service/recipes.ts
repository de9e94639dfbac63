import type { Ingredient, Recipe } from '../recipe.ts';
import { requests } from './request-metrics.ts';

/**
 * Two routes: the one that is asked three times as often is slow half as often; together as the
 * level says.
 */
const ROUTES: { labels: Record<string, string>; perSecond: number; apart: number }[] = [
  { labels: { method: 'GET', endpoint: '/api/items/:id' }, perSecond: 12, apart: -1 / 3 },
  { labels: { method: 'POST', endpoint: '/api/items' }, perSecond: 4, apart: 1 },
];

/**
 * Of each status the share of the answers: an error is one of two, and what isn't found is none.
 */
const STATUSES: [status: string, share: (errors: number) => number][] = [
  ['200', (errors) => (1 - errors) * 0.75],
  ['404', (errors) => (1 - errors) * 0.25],
  ['500', (errors) => errors * 0.75],
  ['503', (errors) => errors * 0.25],
];

export const errors: Recipe = {
  follows: 'ratio',
  series: ROUTES.flatMap(({ labels, perSecond }) =>
    STATUSES.map(([status, share]): Ingredient => ({
      metric: requests.total,
      labels: { ...labels, status },
      counter: true,
      at: (level) => perSecond * share(level),
    })),
  ),
};

/**
 * Share of the requests that a bucket holds: the slow ones take 1.2 s, a tenth of the others 0.9 s
 * (docs/contract.md).
 */
const BUCKETS: [le: string, share: (slow: number) => number][] = [
  ['0.5', (slow) => 0.9 * (1 - slow)],
  ['1', (slow) => 1 - slow],
  ['2.5', () => 1],
  ['+Inf', () => 1],
];

export const latency: Recipe = {
  follows: 'ratio',
  series: ROUTES.flatMap(({ labels, perSecond, apart }) =>
    BUCKETS.map(([le, share]): Ingredient => ({
      metric: `${requests.durations}_bucket`,
      labels: { ...labels, le },
      counter: true,
      at: (slow) => perSecond * share(slow + apart * Math.min(slow, 1 - slow)),
    })),
  ),
};
