/** What a panel can show that the harness knows from outside of the stack; docs/contract.md says what each is. */
export const QUANTITIES = [
  'host-cpu-percent', 'host-memory-percent', 'disk-used-percent', 'network-received', 'network-sent', 'disk-read', 'disk-written',
  'request-rate', 'error-percent', 'response-time-p50', 'response-time-p95', 'response-time-p99', 'connections',
  'streams', 'recordings', 'recording-errors', 'lpr-events-per-hour', 'cameras-online', 'cameras-offline', 'cameras-offline-percent',
  'postgres-connections', 'postgres-limit', 'postgres-percent', 'redis-hit-percent', 'queued-messages', 'stored-bytes', 'storage-limit', 'storage-percent', 'target-up',
] as const;

export type Quantity = (typeof QUANTITIES)[number];
