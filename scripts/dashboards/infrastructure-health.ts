import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { graph } from './lib/graph.ts';
import type { Limit } from './lib/limits.ts';
import { UP_OR_DOWN } from './lib/mappings.ts';
import { COLUMNS, GRAPH_HEIGHT, place } from './lib/place.ts';
import { stateTimeline } from './lib/state-timeline.ts';

/**
 * What is either so or not, and a count of what is broken: no figure to come near to, so none of
 * LIMITS.
 */
const ONE_IS_GOOD: Limit = { value: 1, severity: 'critical', bad: 'below' };
const ONE_IS_BAD: Limit = { value: 1, severity: 'critical', bad: 'above' };
// 0 also where the exporter lives on an old connection, and gets no new one.
const POSTGRES_UP = `min by (job, instance) (pg_up) and on (job, instance) pg_stat_database_numbackends
  or 0 * min by (job, instance) (pg_up)`;
/** Of what Prometheus and Alertmanager count of themselves, a second. */
const failing = (metric: string, by: string): string =>
  `sum by (${by}) (rate(${metric}[$__rate_interval]))`;

const HALF = COLUMNS / 2;

type Panels = Parameters<DashboardBuilder['withPanel']>[0][];

/**
 * What runs and says itself that something is wrong: databases, drives, the broker, the monitoring.
 * @param top where its first row begins
 */
export function healthPanels(top: number): Panels {
  return [...storesPanels(top), ...ownWordPanels(top + GRAPH_HEIGHT)];
}

function storesPanels(top: number): Panels {
  return [
    stateTimeline({
      id: 16,
      title: 'Databases over Time',
      at: place(0, top, HALF, GRAPH_HEIGHT),
      unit: 'none',
      decimals: 0,
      limit: ONE_IS_GOOD,
      mappings: UP_OR_DOWN,
      runbooks: ['PostgresDown', 'RedisDown'],
      queries: [
        { expr: POSTGRES_UP, legend: 'PostgreSQL, {{instance}}' },
        { expr: 'min by (job, instance) (redis_up)', legend: 'Redis, {{instance}}' },
      ],
      shows: 'When PostgreSQL and Redis answered their exporters.',
      bad: 'red: the exporter lives, and what is behind it is dead, full or shut.',
      next: 'PostgreSQL Connections before it turned red: was it full?',
    }),
    graph({
      id: 17,
      title: 'MinIO Drives Offline',
      at: place(HALF, top, HALF, GRAPH_HEIGHT),
      unit: 'short',
      decimals: 0,
      min: 0,
      softMax: 2,
      limit: ONE_IS_BAD,
      runbooks: ['MinioDrivesOffline'],
      queries: [{ expr: 'max by (job) (minio_cluster_drive_offline_total)', legend: '{{job}}' }],
      shows: "Drives of MinIO that don't answer; those of a node that is down are among them.",
      bad: 'not 0.',
      next: 'mc admin info for which; MinIO Storage in Use for what is left.',
    }),
  ];
}

function ownWordPanels(top: number): Panels {
  return [
    graph({
      id: 18,
      title: 'RabbitMQ Alarms',
      at: place(0, top, HALF, GRAPH_HEIGHT),
      unit: 'short',
      decimals: 0,
      min: 0,
      softMax: 2,
      limit: ONE_IS_BAD,
      runbooks: ['RabbitMQAlarm'],
      queries: [
        { expr: 'rabbitmq_alarms_free_disk_space_watermark', legend: 'disk, {{instance}}' },
        { expr: 'rabbitmq_alarms_memory_used_watermark', legend: 'memory, {{instance}}' },
      ],
      shows: 'Whether RabbitMQ says itself that it is short of disk or memory.',
      bad: 'not 0: it takes no message of anybody.',
      next: 'RabbitMQ Queue Size: does anybody consume? Fullest Disk and Highest Memory on System Overview.',
    }),
    graph({
      id: 19,
      title: "Monitoring's Own Failures",
      at: place(HALF, top, HALF, GRAPH_HEIGHT),
      unit: 'ops',
      min: 0,
      runbooks: ['RulesFail', 'AlertsDropped', 'NotificationsFail'],
      queries: [
        {
          expr: failing('prometheus_rule_evaluation_failures_total', 'job, instance'),
          legend: 'rules that fail, {{instance}}',
        },
        {
          expr: failing('prometheus_notifications_dropped_total', 'job, instance'),
          legend: 'alerts that get lost, {{instance}}',
        },
        {
          expr: failing('alertmanager_notifications_failed_total', 'job, instance, integration'),
          legend: 'notifications that fail, {{integration}} of {{instance}}',
        },
      ],
      shows: 'What Prometheus and Alertmanager count of their own failures, a second.',
      bad: 'not 0 for minutes.',
      next: 'Prometheus under /rules for the error; the logs of Alertmanager.',
    }),
  ];
}
