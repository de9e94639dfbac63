import type {
  Histogram,
  PartAccount,
  QuantileBounds,
  RouteCount,
  Whole,
} from '../../model/distributed.ts';

/** Quantiles that are told. */
const QUANTILES = [0.5, 0.95, 0.99, 0.999];
/** Of what should have been sent; above it the generators were the limit. */
const MOST_DROPPED = 0.001;

/** Why accounts aren't those of one load; all reasons at once. */
export class NotOneLoad extends Error {
  override name = 'NotOneLoad';
  readonly reasons: string[];
  constructor(reasons: string[]) {
    super(reasons.join('; '));
    this.reasons = reasons;
  }
}

/**
 * Adds up the parts of one load. Counts add up exactly. Quantiles can't be averaged (the p95 of two
 * halves says nothing about the p95 of the whole): the histograms are added, and a quantile lies
 * within one bucket of the sum.
 *
 * @param parts in any order
 * @throws NotOneLoad when one is missing, is there twice, or belongs to another run
 */
export function addUp(parts: PartAccount[]): Whole {
  const reasons = foreign(parts);
  const first = parts[0];
  if (reasons.length > 0 || !first) throw new NotOneLoad(reasons);
  const total = (of: (part: PartAccount) => number): number =>
    parts.reduce((sum, part) => sum + of(part), 0);
  const [sent, ended, dropped] = [
    total((part) => part.sent),
    total((part) => part.ended),
    total((part) => part.dropped),
  ];
  const counts = addCounts(parts.flatMap((part) => part.counts));
  const answered = counts.reduce((sum, { count }) => sum + count, 0);
  const unanswered = counts
    .filter(({ status }) => status === '0')
    .reduce((sum, { count }) => sum + count, 0);
  const starts = parts.map((part) => part.startedAtMs);
  const doubts = [
    ...(sent === ended ? [] : [`${sent} were sent and ${ended} ended: the others were cut off`]),
    ...(answered === ended
      ? []
      : [`${ended} ended and ${answered} were counted by route and status`]),
    ...(unanswered === 0
      ? []
      : [`${unanswered} got no answer: a service may have counted them or not`]),
  ];
  const exact = doubts.length === 0;
  if (dropped > MOST_DROPPED * (sent + dropped))
    doubts.push(
      `${dropped} were never sent for want of virtual users: the generators were the limit`,
    );
  return {
    run: first.run,
    parts: parts.length,
    sent,
    ended,
    dropped,
    counts,
    quantiles: quantilesOf(addHistograms(parts.map((part) => part.latency))),
    startSpreadMs: starts.includes(null)
      ? null
      : Math.max(...(starts as number[])) - Math.min(...(starts as number[])),
    exact,
    doubts,
  };
}

/** Whatever keeps accounts from being the parts of one load. */
function foreign(parts: PartAccount[]): string[] {
  const first = parts[0];
  if (!first) return ['there is no account'];
  const edges = first.sequence.split(',');
  const wanted = edges.slice(1).map((to, n) => `${edges[n] ?? ''}:${to}`);
  const of = (segment: string): number => parts.filter((part) => part.segment === segment).length;
  return [
    ...new Set(
      parts
        .filter((part) => part.run !== first.run)
        .map((part) => `run ${part.run} is another one than ${first.run}`),
    ),
    ...new Set(
      parts
        .filter((part) => part.sequence !== first.sequence)
        .map(
          (part) =>
            `${part.segment} is a part of ${part.sequence}, and ${first.segment} of ${first.sequence}`,
        ),
    ),
    ...wanted
      .filter((segment) => of(segment) === 0)
      .map((segment) => `the account of ${segment} is missing`),
    ...wanted
      .filter((segment) => of(segment) > 1)
      .map((segment) => `the account of ${segment} is there ${of(segment)} times`),
    ...parts
      .filter((part) => part.sequence === first.sequence && !wanted.includes(part.segment))
      .map((part) => `${part.segment} is no part of ${first.sequence}`),
  ];
}

function addCounts(counts: RouteCount[]): RouteCount[] {
  const sums = new Map<string, RouteCount>();
  for (const each of counts) {
    const key = [each.service, each.method, each.name, each.status].join(' ');
    sums.set(key, { ...each, count: (sums.get(key)?.count ?? 0) + each.count });
  }
  return [...sums.values()].sort(
    (a, b) =>
      a.service.localeCompare(b.service) ||
      a.name.localeCompare(b.name) ||
      a.method.localeCompare(b.method) ||
      a.status.localeCompare(b.status),
  );
}

/** All have the same buckets: they come from one script, as the run's name says. */
function addHistograms(histograms: Histogram[]): Histogram {
  const counts: Record<string, number> = {};
  for (const histogram of histograms)
    for (const [bucket, count] of Object.entries(histogram.counts))
      counts[bucket] = (counts[bucket] ?? 0) + count;
  return { firstMs: 1, perDoubling: 1, last: 0, ...histograms[0], counts };
}

function quantilesOf({ firstMs, perDoubling, last, counts }: Histogram): QuantileBounds[] {
  const buckets = Object.entries(counts)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const edge = (bucket: number): number => firstMs * 2 ** (bucket / perDoubling);
  return QUANTILES.flatMap((quantile) => {
    let below = 0;
    const found = buckets.find(({ count }) => (below += count) >= Math.ceil(quantile * total));
    if (!found) return [];
    return [
      {
        quantile,
        overMs: found.bucket === 0 ? 0 : edge(found.bucket - 1),
        atMostMs: found.bucket === last ? null : edge(found.bucket),
      },
    ];
  });
}
