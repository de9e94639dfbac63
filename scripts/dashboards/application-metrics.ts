import type { DashboardBuilder, GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { alertsFiring, frame, withPanels } from './lib/frame.ts';
import { graph } from './lib/graph.ts';
import { LIMITS } from './lib/limits.ts';
import { COLUMNS, GRAPH_HEIGHT, STAT_HEIGHT, place } from './lib/place.ts';
import { stat } from './lib/stat.ts';
import { labelVariable } from './lib/variables.ts';

const ALERTS = ['HighErrorRate', 'SlowResponseTime'] as const;
const JOB = 'job=~"$job"';
const requests = (also = ''): string =>
  `sum by (job) (rate(http_requests_total{${JOB}${also}}[$__rate_interval]))`;
// A service without a single 5xx has no such series: it counts as 0. Without any request the share
// is 0/0, and `>= 0` leaves it out.
const ERRORS = `100 * (${requests(', status=~"5.."')} or 0 * ${requests()}) / ${requests()} >= 0`;
// Without requests a quantile is NaN; `>= 0` leaves it out.
const quantile = (q: number): string =>
  `histogram_quantile(${q}, sum by (job, le) ` +
  `(rate(http_request_duration_seconds_bucket{${JOB}}[$__rate_interval]))) >= 0`;
const LEGEND = '{{job}}';

const HALF = COLUMNS / 2;
const THIRD = COLUMNS / 3;
const BELOW = STAT_HEIGHT + GRAPH_HEIGHT;

/** All of its panels, in the order in which they are drawn. */
const PANELS = [
  stat(alertsFiring(1, place(0, 0, 3, STAT_HEIGHT), ALERTS)),
  stat({
    id: 2,
    title: 'Errors Now',
    at: place(3, 0, 7, STAT_HEIGHT),
    unit: 'percent',
    decimals: 2,
    each: true,
    limit: LIMITS.errorPercent,
    noValue: 'no requests',
    queries: [{ expr: ERRORS, legend: LEGEND }],
    shows: "Share of each service's requests that it answers with a 5xx, in per cent.",
    bad: 'over 5% for 5 minutes.',
    next: 'Error Rate % for since when.',
  }),
  stat({
    id: 3,
    title: 'p95 Now',
    at: place(10, 0, 7, STAT_HEIGHT),
    unit: 's',
    decimals: 2,
    each: true,
    limit: LIMITS.p95Seconds,
    noValue: 'no requests',
    queries: [{ expr: quantile(0.95), legend: LEGEND }],
    shows: 'The time within which each service answers 95 of 100 requests.',
    bad: 'over 1 s for 5 minutes.',
    next: 'Response Time p95 for since when.',
  }),
  stat({
    id: 4,
    title: 'Requests Now',
    at: place(17, 0, 7, STAT_HEIGHT),
    unit: 'reqps',
    decimals: 1,
    each: true,
    runbooks: ['ServiceDown'],
    queries: [{ expr: requests(), legend: LEGEND }],
    shows: 'Requests a second that each service answers.',
    bad: 'a service that is missing, or falls to 0 while the others go on.',
    next: 'Targets Up on Infrastructure.',
  }),
  graph({
    id: 11,
    title: 'Request Rate',
    at: place(0, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'reqps',
    decimals: 1,
    runbooks: ['ServiceDown', 'SlowResponseTime'],
    queries: [{ expr: requests(), legend: LEGEND }],
    shows: 'Answered requests a second by service, of all routes and statuses.',
    bad: 'a sudden fall (nobody gets through) or a rise far over the usual.',
    next: 'Error Rate % and Response Time p95: do the services cope? Targets Up on Infrastructure.',
  }),
  graph({
    id: 12,
    title: 'Error Rate %',
    at: place(HALF, STAT_HEIGHT, HALF, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 2,
    min: 0,
    softMax: 6,
    limit: LIMITS.errorPercent,
    noValue: 'no requests',
    queries: [{ expr: ERRORS, legend: LEGEND }],
    shows:
      "Share of a service's requests that it answers with a 5xx, in per cent. 0 when there are " +
      'requests and no errors; a gap when there are no requests.',
    bad: 'over 5% for 5 minutes: users see errors.',
    next: "PostgreSQL Connections, Redis Hit Rate and RabbitMQ Queue Size on Infrastructure; the service's log.",
  }),
  responseTime(13, 0.5, 'p50', place(0, BELOW, THIRD, GRAPH_HEIGHT)),
  responseTime(14, 0.95, 'p95', place(THIRD, BELOW, THIRD, GRAPH_HEIGHT)),
  responseTime(15, 0.99, 'p99', place(2 * THIRD, BELOW, THIRD, GRAPH_HEIGHT)),
  graph({
    id: 16,
    title: 'Active Connections',
    at: place(0, BELOW + GRAPH_HEIGHT, COLUMNS, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    runbooks: ['SlowResponseTime', 'HighMemoryUsage'],
    queries: [{ expr: `sum by (job) (http_connections_active{${JOB}})`, legend: LEGEND }],
    shows: "Open HTTP connections by service, Prometheus's own among them.",
    bad: 'a climb while Request Rate stays: requests hang, or clients never close.',
    next: 'Response Time p99; Memory Usage % on System Overview.',
  }),
];

/** Our own services: how much is asked of them, how fast and how well they answer. */
export function applicationMetrics(): DashboardBuilder {
  const dashboard = frame({
    uid: 'gtv-application',
    title: 'Application Metrics',
    tag: 'application',
    from: 'now-1h',
    alerts: ALERTS,
    description: "GT-Vision's own services: requests, response times, errors, connections.",
  }).withVariable(
    labelVariable('job', 'Service', 'http_requests_total', 'Services that answer requests.'),
  );
  return withPanels(dashboard, PANELS);
}

/**
 * One panel for each quantile: nine lines in one could not be told apart. Only p95 has an alert,
 * and so a limit.
 */
function responseTime(id: number, q: number, name: string, at: GridPos): PanelBuilder {
  const share = { p50: 'half of the', p95: '95 of 100', p99: '99 of 100' }[name] ?? name;
  return graph({
    id,
    title: `Response Time ${name}`,
    at,
    unit: 's',
    decimals: 3,
    min: 0,
    softMax: 1.2,
    noValue: 'no requests',
    ...(name === 'p95' ? { limit: LIMITS.p95Seconds } : { runbooks: ['SlowResponseTime'] }),
    queries: [{ expr: quantile(q), legend: LEGEND }],
    shows:
      `The time within which a service answers ${share} requests. An estimate from the ` +
      "histogram's buckets: it is exact to the bucket.",
    bad:
      name === 'p95'
        ? 'over 1 s for 5 minutes: one request in twenty is slow.'
        : name === 'p50'
          ? 'p50 rises as well: everybody waits, not only a few.'
          : 'far above p95: a single route or camera is slow. The highest bucket ends at 10 s.',
    next: 'Active Connections; CPU Usage % on System Overview; PostgreSQL Connections on Infrastructure.',
  });
}
