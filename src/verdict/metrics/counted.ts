import type { RequestCount } from '../../model/k6-evidence.ts';
import type { CountedRoute } from '../../technologies/load.ts';
import { COUNTED_ROUTES, REQUEST_METRICS } from '../../technologies/offered.ts';
import type { RequestMetrics } from '../../technologies/request-metrics.ts';

/** The status of a request that had no answer: it may have been counted anywhere. */
export const NO_ANSWER = '0';

/** Which of k6's requests a counter counts, and which of its labels tells what of them. */
export interface Counted {
  takes: (count: RequestCount) => boolean;
  key: (labels: Record<string, string>) => string;
  keyOf: (count: RequestCount) => string;
  /** By what it counts, in words. */
  what: string;
  /** What it has one of for each, in words. */
  units: string;
}

/** The counters whose truth k6 knows. */
export const COUNTERS: Record<string, Counted> = {
  ...Object.fromEntries(REQUEST_METRICS.flatMap(ofAll)),
  ...Object.fromEntries(
    Object.entries(COUNTED_ROUTES).map(([metric, counted]) => [metric, ofRoute(counted)]),
  ),
};

/** The counters of all requests of a service, by some of what k6 knows of each. */
function ofAll({ total, durations, labels }: RequestMetrics): [metric: string, Counted][] {
  const { method, route, status } = labels;
  const byRoute: Counted = {
    takes: () => true,
    key: (l) => `${l[method] ?? ''} ${l[route] ?? ''}`,
    keyOf: (c) => `${c.method} ${c.name}`,
    what: 'route',
    units: 'routes',
  };
  const byStatus: Counted = {
    takes: () => true,
    key: (l) => `${byRoute.key(l)} ${l[status] ?? ''}`,
    keyOf: (c) => `${byRoute.keyOf(c)} ${c.status}`,
    what: 'route and status',
    units: 'route and status pairs',
  };
  return [
    [total, byStatus],
    [durations, byRoute],
  ];
}

/** A counter of its own for one answer of one route. */
function ofRoute({ name, method, status }: CountedRoute): Counted {
  return {
    takes: (c) =>
      c.name === name && c.method === method && (c.status === status || c.status === NO_ANSWER),
    key: () => '',
    keyOf: () => '',
    what: `${method} ${name} answered with ${status}`,
    units: 'counter',
  };
}
