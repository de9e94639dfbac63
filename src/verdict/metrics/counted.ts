import type { RequestCount } from '../../model/k6-evidence.ts';
import type { CountedRoute } from '../../technologies/load.ts';
import { COUNTED_ROUTES } from '../../technologies/offered.ts';

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
  http_requests_total: {
    takes: () => true,
    key: (l) => `${l['method'] ?? ''} ${l['endpoint'] ?? ''} ${l['status'] ?? ''}`,
    keyOf: (c) => `${c.method} ${c.name} ${c.status}`,
    what: 'route and status',
    units: 'route and status pairs',
  },
  http_request_duration_seconds: {
    takes: () => true,
    key: (l) => `${l['method'] ?? ''} ${l['endpoint'] ?? ''}`,
    keyOf: (c) => `${c.method} ${c.name}`,
    what: 'route',
    units: 'routes',
  },
  ...Object.fromEntries(
    Object.entries(COUNTED_ROUTES).map(([metric, counted]) => [metric, ofRoute(counted)]),
  ),
};

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
