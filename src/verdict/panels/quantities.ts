import type { SlotCount } from '../../model/evidence.ts';
import type { Quantity } from '../../model/quantities.ts';
import { bucketsFor } from '../metrics/quantiles.ts';
import type { Bounds, Known } from './known.ts';

/** A point of a panel's curve: its series' labels, its time, and the widest range of its query (run ms). */
export interface Look {
  labels: Record<string, string>;
  at: number;
  windowMs: number;
}

/** How a quantity is known: at each point, or as the mean or median of a slot of k6's account. */
export type Source =
  | { each: (known: Known, look: Look) => Bounds | undefined }
  | { slot: 'mean' | 'median'; of: (known: Known, slot: SlotCount) => Bounds | undefined };

/** A scrape comes this much later than its sample says, or sees a counter that much older, ms: the shorter the window, the more it weighs. */
const JITTER_MS = 100;
/** And this share for the extrapolation to the window's ends. */
const EXTRAPOLATED = 0.03;
/** Requests in a slot are few: one more or less at its edges. */
const COUNTED = 0.1;
/** Events at the edges of a window that may lie on either side of it. */
const EDGE_EVENTS = 2;
/** Connections that the PostgreSQL exporter itself holds, at most. */
const EXPORTER_CONNECTIONS = 3;

/** By which share a rate over a window may be off. */
const inexact = (windowMs: number): number => EXTRAPOLATED + JITTER_MS / windowMs;
const widen = ([low, high]: Bounds, share: number): Bounds => [
  low - Math.abs(low) * share,
  high + Math.abs(high) * share,
];
const times = (bounds: Bounds | undefined, factor: number): Bounds | undefined =>
  bounds && [bounds[0] * factor, bounds[1] * factor];
/** Greatest and least quotient of two ranges of values. */
const ratio = (a: Bounds | undefined, b: Bounds | undefined, factor = 1): Bounds | undefined =>
  a && b && b[0] > 0 ? [(factor * a[0]) / b[1], (factor * a[1]) / b[0]] : undefined;
const level = (metric: string): Source => ({
  each: (known, { at, labels }) => known.level(metric, at, 0, pick(labels)),
});
const rate = (metric: string): Source => ({
  each: (known, { at, windowMs, labels }) => {
    const rates = known.rates(metric, at, windowMs, pick(labels));
    return rates && widen([Math.min(...rates), Math.max(...rates)], inexact(windowMs));
  },
});
const quantile = (q: keyof SlotCount['asked']): Source => ({
  slot: 'median',
  of: (known, slot) =>
    slot.all > 0 ? bucketsFor(known.bucketEdges, slot.asked[q], slot.waited[q]) : undefined,
});
/** Of a sum over everything nothing is known by job. */
const pick = ({ job, mountpoint, device }: Record<string, string>): Record<string, string> => ({
  ...(job === undefined ? {} : { job }),
  ...(mountpoint === undefined ? {} : { mountpoint }),
  ...(device === undefined ? {} : { device }),
});

/** Share of one growing thing in itself and another, in per cent. */
const shareOf = (
  one: string,
  labelsOne: Record<string, string>,
  other: string,
  labelsOther: Record<string, string>,
): Source => ({
  each: (known, { at, windowMs }) => {
    const [a, b] = [
      known.rates(one, at, windowMs, labelsOne),
      known.rates(other, at, windowMs, labelsOther),
    ];
    if (!a || !b) return undefined;
    const shares = a
      .map((mine, i) => (100 * mine) / (mine + (b[i] ?? 0)))
      .filter((share) => !Number.isNaN(share));
    return [Math.min(...shares) - SHARE_POINTS, Math.max(...shares) + SHARE_POINTS];
  },
});
/** A share of rates is this many points off at most. */
const SHARE_POINTS = 1.5;

/** What each quantity of the contract is, from outside of the stack. */
export const SOURCES: Record<Quantity, Source> = {
  'host-cpu-percent': shareOf(
    'node_cpu_seconds_total',
    { mode: 'user' },
    'node_cpu_seconds_total',
    { mode: 'idle' },
  ),
  'host-memory-percent': {
    each: (known, { at }) => {
      const free = ratio(
        known.level('node_memory_MemAvailable_bytes', at),
        known.level('node_memory_MemTotal_bytes', at),
        100,
      );
      return free && [100 - free[1], 100 - free[0]];
    },
  },
  'disk-used-percent': {
    each: (known, { at, labels }) => {
      const where = pick({ ...labels, job: 'node' });
      const free = ratio(
        known.level('node_filesystem_avail_bytes', at, 0, where),
        known.level('node_filesystem_size_bytes', at, 0, where),
        100,
      );
      return free && [100 - free[1], 100 - free[0]];
    },
  },
  'network-received': rate('node_network_receive_bytes_total'),
  'network-sent': rate('node_network_transmit_bytes_total'),
  'disk-read': rate('node_disk_read_bytes_total'),
  'disk-written': rate('node_disk_written_bytes_total'),
  'request-rate': {
    slot: 'mean',
    of: (known, slot) =>
      widen(spread((slot.all * 1_000) / known.plan.load.slotMs / known.plan.speed), COUNTED),
  },
  'error-percent': {
    slot: 'mean',
    of: (_, slot) =>
      slot.all > 0
        ? widen(
            [(100 * Math.max(0, slot.errors - 2)) / slot.all, (100 * (slot.errors + 2)) / slot.all],
            COUNTED,
          )
        : undefined,
  },
  'response-time-p50': quantile('0.5'),
  'response-time-p95': quantile('0.95'),
  'response-time-p99': quantile('0.99'),
  connections: level('http_connections_active'),
  streams: level('gtvision_active_streams'),
  recordings: level('gtvision_recordings_active'),
  'recording-errors': {
    each: (known, { at, windowMs }) => {
      const bounds = known.level('rate of gtvision_recording_errors_total', at, windowMs);
      const edge = EDGE_EVENTS / (windowMs / 1000) / known.plan.speed;
      return (
        bounds &&
        widen([Math.max(0, bounds[0] - edge), bounds[1] + edge], inexact(windowMs) + COUNTED)
      );
    },
  },
  'lpr-events-per-hour': { each: (known, { at, windowMs }) => hourly(known, at, windowMs) },
  'cameras-online': level('gtvision_cameras_online'),
  'cameras-offline': level('gtvision_cameras_offline'),
  'cameras-offline-percent': {
    each: (known, { at }) =>
      ratio(
        known.level('gtvision_cameras_offline', at),
        known.level('gtvision_cameras_total', at),
        100,
      ),
  },
  'postgres-connections': {
    each: (known, { at }) => {
      const own = known.level('pg_stat_database_numbackends', at);
      return own && [own[0], own[1] + EXPORTER_CONNECTIONS];
    },
  },
  'postgres-limit': {
    each: (known, { at }) => times(known.level('pg_settings_max_connections', at), 0.8),
  },
  'postgres-percent': {
    each: (known, { at }) => {
      const own = known.level('pg_stat_database_numbackends', at);
      return ratio(
        own && [own[0], own[1] + EXPORTER_CONNECTIONS],
        known.level('pg_settings_max_connections', at),
        100,
      );
    },
  },
  'redis-hit-percent': shareOf('redis_keyspace_hits_total', {}, 'redis_keyspace_misses_total', {}),
  'queued-messages': level('rabbitmq_queue_messages'),
  'stored-bytes': level('minio_cluster_usage_total_bytes'),
  'storage-limit': {
    each: (known, { at }) =>
      times(known.level('minio_cluster_capacity_usable_total_bytes', at), 0.8),
  },
  'storage-percent': {
    each: (known, { at }) =>
      ratio(
        known.level('minio_cluster_usage_total_bytes', at),
        known.level('minio_cluster_capacity_usable_total_bytes', at),
        100,
      ),
  },
  'target-up': {
    each: (known, { at, labels }) => {
      const up = known.up(labels['job'] ?? '', at);
      return up === undefined ? undefined : [up, up];
    },
  },
};

function spread(value: number): Bounds {
  return [value, value];
}

/** Events of a window, per model hour. What came between the last scrape of a service's life and its end is lost to any rate. */
function hourly(known: Known, at: number, windowMs: number): Bounds {
  const count = known.events(at - windowMs, at);
  const perHour = (events: number): number =>
    (Math.max(0, events) / (windowMs / 1000) / known.plan.speed) * 3_600;
  return widen([perHour(count - EDGE_EVENTS), perHour(count + EDGE_EVENTS)], COUNTED);
}
