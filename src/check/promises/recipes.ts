/** One series of a world at some level: a gauge's value, or a counter's growth per second. */
export interface Ingredient {
  metric: string;
  labels?: Record<string, string>;
  counter?: true;
  at: (level: number) => number;
}

export interface Recipe {
  /**
   * How the expression follows the level: at once (a gauge), from the second sample on (a ratio of rates),
   * or as its window fills (a rate by itself).
   */
  follows: 'at-once' | 'ratio' | 'window';
  series: Ingredient[];
}

const REQUEST = { method: 'GET', endpoint: '/api/cameras/:id' };
const REQUESTS_PER_SECOND = 10;
const MEMORY_BYTES = 16e9;
const DISK_BYTES = 100e9;
const STORAGE_BYTES = 1e12;
const CAMERAS = 100;
const CONNECTIONS = 50;

/** Share of the requests that a bucket holds: the slow ones take 1.2 s, a tenth of the others 0.9 s (docs/contract.md). */
const bucket = (le: string, share: (slow: number) => number): Ingredient => ({
  metric: 'http_request_duration_seconds_bucket',
  labels: { ...REQUEST, le },
  counter: true,
  at: (slow) => REQUESTS_PER_SECOND * share(slow),
});

/** The world that each kind of stimulus stands for, as the series that a scrape of it gives. */
export const RECIPES: Record<string, Recipe> = {
  'host-cpu': {
    follows: 'ratio',
    series: [
      {
        metric: 'node_cpu_seconds_total',
        labels: { cpu: '0', mode: 'idle' },
        counter: true,
        at: (busy) => 1 - busy,
      },
      {
        metric: 'node_cpu_seconds_total',
        labels: { cpu: '0', mode: 'user' },
        counter: true,
        at: (busy) => busy,
      },
    ],
  },
  'host-memory': {
    follows: 'at-once',
    series: [
      { metric: 'node_memory_MemTotal_bytes', at: () => MEMORY_BYTES },
      { metric: 'node_memory_MemAvailable_bytes', at: (used) => MEMORY_BYTES * (1 - used) },
    ],
  },
  'disk-free': {
    follows: 'at-once',
    series: [
      {
        metric: 'node_filesystem_size_bytes',
        labels: { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' },
        at: () => DISK_BYTES,
      },
      {
        metric: 'node_filesystem_avail_bytes',
        labels: { device: '/dev/vda1', fstype: 'ext4', mountpoint: '/' },
        at: (free) => DISK_BYTES * free,
      },
    ],
  },
  'request-errors': {
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
  },
  'request-latency': {
    follows: 'ratio',
    series: [
      bucket('0.5', (slow) => 0.9 * (1 - slow)),
      bucket('1', (slow) => 1 - slow),
      bucket('2.5', () => 1),
      bucket('+Inf', () => 1),
    ],
  },
  streams: { follows: 'at-once', series: [{ metric: 'gtvision_active_streams', at: (n) => n }] },
  'cameras-offline': {
    follows: 'at-once',
    series: [
      { metric: 'gtvision_cameras_offline', at: (n) => n },
      { metric: 'gtvision_cameras_online', at: (n) => CAMERAS - n },
      { metric: 'gtvision_cameras_total', at: () => CAMERAS },
    ],
  },
  'recording-errors': {
    follows: 'window',
    series: [
      { metric: 'gtvision_recording_errors_total', counter: true, at: (perSecond) => perSecond },
    ],
  },
  'postgres-connections': {
    follows: 'at-once',
    series: [
      {
        metric: 'pg_stat_database_numbackends',
        labels: { datid: '1', datname: 'gtvision' },
        at: (share) => CONNECTIONS * share,
      },
      {
        metric: 'pg_settings_max_connections',
        labels: { server: 'postgres:5432' },
        at: () => CONNECTIONS,
      },
    ],
  },
  'redis-hits': {
    follows: 'ratio',
    series: [
      { metric: 'redis_keyspace_hits_total', counter: true, at: (share) => 100 * share },
      { metric: 'redis_keyspace_misses_total', counter: true, at: (share) => 100 * (1 - share) },
    ],
  },
  'queued-messages': {
    follows: 'at-once',
    series: [{ metric: 'rabbitmq_queue_messages', at: (n) => n }],
  },
  'stored-objects': {
    follows: 'at-once',
    series: [
      { metric: 'minio_cluster_usage_total_bytes', at: (share) => STORAGE_BYTES * share },
      { metric: 'minio_cluster_capacity_usable_total_bytes', at: () => STORAGE_BYTES },
    ],
  },
  // 1 is up.
  outage: { follows: 'at-once', series: [{ metric: 'up', at: (up) => up }] },
};
