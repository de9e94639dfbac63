import { storedBound } from '../lib/open-metrics-number.ts';

export type MetricType = 'counter' | 'gauge';

/** Exporters' metrics that everybody knows to be gauges. */
const GAUGES =
  /^(up|node_memory_\w+_bytes|node_filesystem_(size|avail|free)_bytes|node_load\d+|redis_memory_used_bytes|redis_connected_clients|rabbitmq_queue_messages\w*|pg_stat_database_numbackends|pg_settings_\w+|process_resident_memory_bytes|process_open_fds|go_goroutines)$/;
/**
 * What is done, or passes by, before `_total` leaves no doubt; of bytes and things there is a total
 * that is no count.
 */
const COUNTERS =
  /_(seconds|requests|errors|failures|events|packets|operations|ops|(received?|transmit(ted)?|read|written|writes|sent|in|out|rx|tx)_bytes)_total$/;

/** The type of a series whose name leaves no doubt. */
export function typeByName(name: string): MetricType | undefined {
  return GAUGES.test(name) ? 'gauge' : COUNTERS.test(name) ? 'counter' : undefined;
}

/**
 * Prometheus 3 stores the numbers of buckets and quantiles in one form, older ones as they come:
 * either may be asked for.
 */
export function asStored(label: string, values: Set<string>): Set<string> {
  if (label !== 'le' && label !== 'quantile') return values;
  return new Set([...values].flatMap((value) => [value, storedBound(value)]));
}

/** The series that a family of this type has. */
export function seriesNames(type: string | undefined, family: string): string[] {
  if (type === 'histogram') return [`${family}_bucket`, `${family}_sum`, `${family}_count`];
  return type === 'summary' ? [family, `${family}_sum`, `${family}_count`] : [family];
}

/** A histogram's and a summary's series count upwards; so does a summary's sum. */
export function seriesType(
  type: string | undefined,
  series: string,
  family: string,
): MetricType | undefined {
  if (type === 'counter' || type === 'gauge') return type;
  if (type === 'histogram') return 'counter';
  if (type === 'summary') return series === family ? 'gauge' : 'counter';
  return undefined;
}

/** What a series of a family has beside the family's own labels. */
export function extraLabels(type: string | undefined, series: string, family: string): string[] {
  return type === 'histogram' && series.endsWith('_bucket')
    ? ['le']
    : type === 'summary' && series === family
      ? ['quantile']
      : [];
}
