/** What a panel can show that the harness knows from outside of the stack; docs/contract.md says what each is. */
export const QUANTITIES = [
  'host-cpu-percent',
  'host-memory-percent',
  'disk-used-percent',
  'network-received',
  'network-sent',
  'disk-read',
  'disk-written',
  'request-rate',
  'error-percent',
  'response-time-p50',
  'response-time-p95',
  'response-time-p99',
  'connections',
  'streams',
  'recordings',
  'recording-errors',
  'lpr-events-per-hour',
  'cameras-online',
  'cameras-offline',
  'cameras-offline-percent',
  'postgres-connections',
  'postgres-limit',
  'postgres-percent',
  'redis-hit-percent',
  'queued-messages',
  'stored-bytes',
  'storage-limit',
  'storage-percent',
  'target-up',
] as const;

export type Quantity = (typeof QUANTITIES)[number];

/** What each is, and who knows it: shown by editors and in the contract's reference. */
export const QUANTITY_MEANINGS: Record<Quantity, string> = {
  'host-cpu-percent': 'CPU time in use at the synthetic host, in percent',
  'host-memory-percent': 'memory in use at the synthetic host, in percent',
  'disk-used-percent':
    "share in use of the file system with the series' `mountpoint`, in percent; those that nobody fills aren't judged",
  'network-received': 'bytes a second that the synthetic host received',
  'network-sent': 'bytes a second that the synthetic host sent',
  'disk-read': 'bytes a second that the synthetic host read',
  'disk-written': 'bytes a second that the synthetic host wrote',
  'request-rate': "requests a second, k6's own count for the series' `job`",
  'error-percent':
    "share of requests that were answered with a 5xx, in percent, by k6's own count; a 4xx is no error",
  'response-time-p50':
    "median response time in seconds; within the bucket that k6's own quantile names",
  'response-time-p95':
    "95th percentile of the response time in seconds; within the bucket that k6's own quantile names",
  'response-time-p99':
    "99th percentile of the response time in seconds; within the bucket that k6's own quantile names",
  connections: "open connections of the series' `job`, by the kernel's table of sockets",
  streams: 'streams that k6 holds open',
  recordings: 'recordings in progress, as k6 set them',
  'recording-errors': 'failures a second, as k6 reported them',
  'lpr-events-per-hour': "events that were accepted from k6, in the query's window",
  'cameras-online': 'cameras that are online, as k6 set them',
  'cameras-offline': 'cameras that are offline, as k6 set them',
  'cameras-offline-percent': 'share of cameras that are offline, in percent, as k6 set them',
  'postgres-connections':
    "connections that the clients hold (the exporter's own, at most three, come on top)",
  'postgres-limit': '80 % of `max_connections`',
  'postgres-percent': 'connections that are held, in percent of `max_connections`',
  'redis-hit-percent': "share of the client's lookups that hit, in percent",
  'queued-messages': 'messages that were published and not yet consumed by the AMQP client',
  'stored-bytes': 'bytes of the objects that were put',
  'storage-limit': '80 % of the capacity, in bytes',
  'storage-percent': 'bytes of the objects that were put, in percent of the capacity',
  'target-up': "1 or 0, by what was done to the component of the series' `job`",
};
