import type { DistributedLoad, PartAccount } from '../../src/model/distributed.ts';
import { BUCKETS } from './buckets.ts';
import type { Summary } from './read-summary.ts';

/** Answers that are counted each by itself; 0 is none at all. */
const STATUSES = [
  0, 200, 201, 202, 204, 301, 302, 304, 400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 501, 502,
  503, 504,
];
const OTHER = 'other';

/** What a status is counted as. */
export function statusKey(status: number): string {
  return STATUSES.includes(status) ? String(status) : OTHER;
}

const BUCKET_NUMBERS = Array.from({ length: BUCKETS.last + 1 }, (_, n) => n);
const inBucket = (bucket: number): string => `answered{bucket:${bucket}}`;
const ofRoute = (route: number, status: string): string =>
  `answered{route:${route},status:${status}}`;
const statuses = [...STATUSES.map(String), OTHER];

/** The parts of metrics that the account needs: k6 keeps a part only where a threshold names it. */
export function partsRead(load: DistributedLoad): string[] {
  return [
    ...BUCKET_NUMBERS.map(inBucket),
    ...load.routes.flatMap((_, route) => statuses.map((status) => ofRoute(route, status))),
  ];
}

/**
 * One part's account from k6's summary.
 * A counter that nothing was added to is missing from it, for no other reason: so it is 0.
 */
export function accountOf(
  load: DistributedLoad,
  data: Summary,
  segment: string,
  sequence: string,
): PartAccount {
  const value = (metric: string, stat: string): number | null =>
    data.metrics[metric]?.values[stat] ?? null;
  const count = (metric: string): number => value(metric, 'count') ?? 0;
  const counts = load.routes.flatMap(({ service, method, name }, route) =>
    statuses.map((status) => ({
      service,
      method,
      name,
      status,
      count: count(ofRoute(route, status)),
    })),
  );
  return {
    schemaVersion: 1,
    run: load.run,
    segment,
    sequence,
    startedAtMs: value('started_at', 'value'),
    sent: count('sent'),
    ended: count('http_reqs'),
    dropped: count('dropped_iterations'),
    counts: counts.filter((each) => each.count > 0),
    latency: {
      ...BUCKETS,
      counts: Object.fromEntries(
        BUCKET_NUMBERS.map((n) => [String(n), count(inBucket(n))] as const).filter(
          ([, n]) => n > 0,
        ),
      ),
    },
  };
}
