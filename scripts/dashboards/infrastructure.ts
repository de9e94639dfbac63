import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { healthPanels } from './infrastructure-health.ts';
import { alertsFiring, frame, withPanels } from './lib/frame.ts';
import { graph } from './lib/graph.ts';
import { COLOURS, LIMITS } from './lib/limits.ts';
import { UP_OR_DOWN } from './lib/mappings.ts';
import { COLUMNS, GRAPH_HEIGHT, STAT_HEIGHT, place } from './lib/place.ts';
import { stat } from './lib/stat.ts';
import { stateTimeline } from './lib/state-timeline.ts';

const ALERTS = [
  'ServiceDown',
  'PostgresConnectionsHigh',
  'RedisHitRateLow',
  'RabbitMQBacklog',
  'MinioStorageHigh',
  'PostgresDown',
  'RedisDown',
  'MinioDrivesOffline',
  'RabbitMQAlarm',
  'RulesFail',
  'AlertsDropped',
  'NotificationsFail',
] as const;
const CONNECTIONS = 'sum by (job, instance) (pg_stat_database_numbackends)';
const MAX_CONNECTIONS = 'max by (job, instance) (pg_settings_max_connections)';
const hits = (result: string): string =>
  `sum by (job, instance) (rate(redis_keyspace_${result}_total[$__rate_interval]))`;
// Without any look-up the rate is 0/0, and `>= 0` leaves it out.
const HIT_RATE = `100 * ${hits('hits')} / (${hits('hits')} + ${hits('misses')}) >= 0`;
const QUEUED = 'sum by (job, instance) (rabbitmq_queue_messages)';
// Each node answers for the whole cluster: the fullest answer counts, as in the alert.
const FREE_BYTES = 'minio_cluster_capacity_usable_free_bytes';
const USABLE_BYTES = 'minio_cluster_capacity_usable_total_bytes';
const STORED = `max by (job) (${USABLE_BYTES} - ${FREE_BYTES})`;
const CAPACITY = `max by (job) (${USABLE_BYTES})`;

const HALF = COLUMNS / 2;
const QUARTER = COLUMNS / 4;
const GRAPHS = 2 * STAT_HEIGHT;
const BELOW = GRAPHS + GRAPH_HEIGHT;
const LAST = BELOW + GRAPH_HEIGHT;
const HEALTH = LAST + GRAPH_HEIGHT + 2;

/** All of its panels, in the order in which they are drawn. */
const PANELS = [
  stat(alertsFiring(1, place(0, 0, 4, STAT_HEIGHT), ALERTS)),
  stat({
    id: 2,
    title: 'Targets Up',
    at: place(4, 0, COLUMNS - 4, STAT_HEIGHT),
    unit: 'none',
    decimals: 0,
    each: true,
    filled: true,
    limit: LIMITS.targetUp,
    mappings: UP_OR_DOWN,
    runbooks: ['Watchdog'],
    queries: [{ expr: 'min by (job) (up)', legend: '{{job}}' }],
    shows:
      "Whether Prometheus can scrape every target of a job; one that it can't makes the job DOWN.",
    bad: 'a red tile, for a minute. Alerts that follow from it are held back meanwhile.',
    next: 'Targets over Time for which target and since when; Prometheus under /targets for the error.',
  }),
  stat({
    id: 3,
    title: 'PostgreSQL Connections in Use',
    at: place(0, STAT_HEIGHT, QUARTER, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.postgresPercent,
    queries: [{ expr: `100 * ${CONNECTIONS} / ${MAX_CONNECTIONS}`, legend: '{{instance}}' }],
    shows: 'Open connections as a share of max_connections, in per cent.',
    bad: 'over 80% for 5 minutes; at 100% nobody gets in any more.',
    next: 'PostgreSQL Connections for the course.',
  }),
  stat({
    id: 4,
    title: 'Redis Hit Rate Now',
    at: place(QUARTER, STAT_HEIGHT, QUARTER, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.redisHitPercent,
    noValue: 'no look-ups',
    queries: [{ expr: HIT_RATE, legend: '{{instance}}' }],
    shows: 'Share of look-ups in Redis that found their key, in per cent.',
    bad: 'under 50% for 5 minutes while there is traffic.',
    next: 'Redis Hit Rate for since when.',
  }),
  stat({
    id: 5,
    title: 'Messages Waiting',
    at: place(2 * QUARTER, STAT_HEIGHT, QUARTER, STAT_HEIGHT),
    unit: 'short',
    decimals: 0,
    limit: LIMITS.rabbitmqMessages,
    queries: [{ expr: QUEUED, legend: '{{instance}}' }],
    shows: 'Messages in all queues of RabbitMQ.',
    bad: 'over 1,000 for 5 minutes.',
    next: 'RabbitMQ Queue Size for whether it grows or shrinks.',
  }),
  stat({
    id: 6,
    title: 'MinIO Capacity in Use',
    at: place(3 * QUARTER, STAT_HEIGHT, QUARTER, STAT_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.minioPercent,
    queries: [
      {
        expr: `max by (job) (100 * (1 - ${FREE_BYTES} / ${USABLE_BYTES}))`,
        legend: '{{job}}',
      },
    ],
    shows: "What is taken of MinIO's usable capacity, by its drives, in per cent.",
    bad: "over 80% for 5 minutes; at 100% recordings can't be stored.",
    next: 'MinIO Storage in Use for how fast it grows.',
  }),
  graph({
    id: 11,
    title: 'PostgreSQL Connections',
    at: place(0, GRAPHS, HALF, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    min: 0,
    limitLines: { B: COLOURS.warning },
    runbooks: ['PostgresConnectionsHigh'],
    queries: [
      { expr: CONNECTIONS, legend: '{{instance}}' },
      {
        expr: `0.8 * ${MAX_CONNECTIONS}`,
        legend: 'limit: 80% of max_connections, {{instance}}',
      },
    ],
    shows: 'Open connections to all databases of a server; dashed, 80% of its max_connections.',
    bad: 'over the dashed line for 5 minutes.',
    next: 'pg_stat_activity for who holds them; Active Connections and Response Time p95 on Application Metrics.',
  }),
  graph({
    id: 12,
    title: 'Redis Hit Rate',
    at: place(HALF, GRAPHS, HALF, GRAPH_HEIGHT),
    unit: 'percent',
    decimals: 1,
    min: 0,
    max: 100,
    limit: LIMITS.redisHitPercent,
    noValue: 'no look-ups',
    queries: [{ expr: HIT_RATE, legend: '{{instance}}' }],
    shows:
      'Share of look-ups in Redis that found their key, in per cent. A gap means that nobody looked anything up.',
    bad: 'under 50% for 5 minutes: the database does the work that the cache should do.',
    next: 'PostgreSQL Connections; was Redis restarted or flushed, or did its memory run out?',
  }),
  graph({
    id: 13,
    title: 'RabbitMQ Queue Size',
    at: place(0, BELOW, HALF, GRAPH_HEIGHT),
    unit: 'short',
    decimals: 0,
    min: 0,
    softMax: 1200,
    limit: LIMITS.rabbitmqMessages,
    queries: [{ expr: QUEUED, legend: '{{instance}}' }],
    shows: 'Messages in all queues, waiting or delivered and not yet acknowledged.',
    bad: 'over 1,000 for 5 minutes, or a climb without end: nobody consumes.',
    next: 'Targets Up for ai; CPU Usage % on System Overview; LPR Events/Hour on Business Metrics.',
  }),
  graph({
    id: 14,
    title: 'MinIO Storage in Use',
    at: place(HALF, BELOW, HALF, GRAPH_HEIGHT),
    unit: 'bytes',
    min: 0,
    limitLines: { B: COLOURS.critical },
    runbooks: ['MinioStorageHigh'],
    queries: [
      { expr: STORED, legend: '{{job}}' },
      { expr: `0.8 * ${CAPACITY}`, legend: 'limit: 80% of the capacity, {{job}}' },
    ],
    shows:
      "Bytes taken on MinIO's drives; dashed, 80% of what they can hold. Both fall when a node is down, by its drives.",
    bad: 'over the dashed line for 5 minutes, or a slope that reaches it before somebody is back at work.',
    next: 'Recordings in Progress on Business Metrics; are old recordings removed as agreed?',
  }),
  stateTimeline({
    id: 15,
    title: 'Targets over Time',
    at: place(0, LAST, COLUMNS, GRAPH_HEIGHT + 2),
    unit: 'none',
    decimals: 0,
    limit: LIMITS.targetUp,
    mappings: UP_OR_DOWN,
    runbooks: ['Watchdog'],
    queries: [{ expr: 'up', legend: '{{job}} {{instance}}' }],
    shows: 'When each target could be scraped.',
    bad: 'red, or gaps in all rows at once: then Prometheus itself was away.',
    next: 'what else turned red at the same moment; a restart, a deployment?',
  }),
  ...healthPanels(HEALTH),
];

/** What the services stand on: whether all is up, database, cache, queues, object storage. */
export function infrastructure(): DashboardBuilder {
  const dashboard = frame({
    uid: 'gtv-infrastructure',
    title: 'Infrastructure',
    tag: 'infrastructure',
    from: 'now-3h',
    alerts: ALERTS,
    description: 'What GT-Vision stands on: targets, PostgreSQL, Redis, RabbitMQ, MinIO.',
  });
  return withPanels(dashboard, PANELS);
}
