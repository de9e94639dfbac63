import type { RequestMetrics } from '../request-metrics.ts';

/** What each of them tells of its requests, as the specification names it. */
export const requests: RequestMetrics = {
  total: 'http_requests_total',
  durations: 'http_request_duration_seconds',
  connections: 'http_connections_active',
  labels: { method: 'method', route: 'endpoint', status: 'status' },
};
