import type { Figures } from '../../model/figures.ts';
import { REQUEST_METRICS } from '../../technologies/offered.ts';

/** What a service's own metrics say at one moment, all of its routes together. */
export interface Served {
  requests: number;
  errors: number;
  /** Cumulative, by upper bound in seconds; the last one is Infinity. */
  buckets: [number, number][];
  connections: number;
}

const LINE = /^(\w+)(?:\{([^}]*)\})? (\S+)/;

/** What tells of requests, by the name that it has in the text. */
const METRICS = new Map(
  REQUEST_METRICS.flatMap((metrics) =>
    [metrics.total, metrics.connections, `${metrics.durations}_bucket`].map(
      (name) => [name, metrics] as const,
    ),
  ),
);

/** Reads a service's metrics text, by the names that technologies have for such metrics. */
export function readServed(text: string): Served {
  const served: Served = { requests: 0, errors: 0, buckets: [], connections: 0 };
  const buckets = new Map<number, number>();
  for (const line of text.split('\n')) {
    const [, name = '', labels = '', value] = LINE.exec(line) ?? [];
    const metrics = METRICS.get(name);
    if (name === metrics?.total) {
      served.requests += Number(value);
      if (valueOf(metrics.labels.status, labels)?.startsWith('5')) served.errors += Number(value);
    } else if (name === metrics?.connections) served.connections = Number(value);
    else if (metrics) {
      const bound = valueOf('le', labels) ?? '';
      const le = bound === '+Inf' ? Infinity : Number(bound);
      buckets.set(le, (buckets.get(le) ?? 0) + Number(value));
    }
  }
  served.buckets = [...buckets].sort(([a], [b]) => a - b);
  return served;
}

/** A label's value, of labels as they stand in the text. */
function valueOf(label: string, labels: string): string | undefined {
  return new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels)?.[1];
}

/**
 * What an alert would read of the time between two moments. Nothing when nothing was answered
 * between them.
 */
export function servedFigures(from: Served, to: Served): Figures {
  const requests = to.requests - from.requests;
  const figures: Figures = { connections: to.connections };
  if (requests <= 0) return figures;
  const before = new Map(from.buckets);
  const p95 = quantile(
    0.95,
    to.buckets.map(([le, count]) => [le, count - (before.get(le) ?? 0)]),
  );
  return {
    ...figures,
    servedErrorShare: (to.errors - from.errors) / requests,
    ...(p95 === undefined ? {} : { servedP95Seconds: p95 }),
  };
}

/**
 * A quantile of a classic histogram as Prometheus estimates it (promql/quantile.go,
 * `bucketQuantile`): evenly spread within its bucket.
 */
function quantile(q: number, buckets: [number, number][]): number | undefined {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return undefined;
  const rank = q * total;
  const at = buckets.findIndex(([, count]) => count >= rank);
  const [upper, count] = buckets[at] ?? [NaN, NaN];
  const [lower, below] = buckets[at - 1] ?? [0, 0];
  if (upper === Infinity) return lower;
  return lower + ((upper - lower) * (rank - below)) / (count - below);
}
