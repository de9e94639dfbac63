import type { AlertContract } from '../../src/model/contract.ts';
import type { AlertRule, Spec } from '../../src/model/spec.ts';

const at = (line: number): { file: string; line: number; column: number } => ({
  file: 'contract.yaml',
  line,
  column: 3,
});
const MIN = 60_000;

/** A small stack in memory: one alert on a gauge, one on a window, ServiceDown, Watchdog. */
export function smallSpec(): Spec {
  const alerts: AlertContract[] = [
    {
      name: 'HighErrorRate',
      severity: 'critical',
      forMs: 5 * MIN,
      everyMs: 30_000,
      windowMs: 5 * MIN,
      stimulus: { kind: 'request-errors', service: 'backend', near: 0.045, over: 0.055, calm: 0 },
      labels: { job: 'backend' },
      receivers: ['slack', 'email'],
      says: ['backend'],
      source: at(1),
    },
    {
      name: 'HighMemoryUsage',
      severity: 'warning',
      forMs: 5 * MIN,
      everyMs: 30_000,
      windowMs: 0,
      stimulus: { kind: 'host-memory', near: 0.848, over: 0.852, calm: 0.4 },
      labels: { job: 'node', instance: 'node-exporter:9100' },
      receivers: ['slack'],
      says: ['$instance'],
      source: at(2),
    },
    {
      name: 'ServiceDown',
      severity: 'critical',
      forMs: MIN,
      everyMs: 30_000,
      windowMs: 0,
      stimulus: { kind: 'outage' },
      labels: {},
      receivers: ['slack', 'email'],
      says: ['$job is down on $instance'],
      source: at(3),
    },
    {
      name: 'Watchdog',
      severity: 'none',
      forMs: 0,
      everyMs: 30_000,
      windowMs: 0,
      stimulus: { kind: 'always' },
      labels: {},
      receivers: ['watchdog'],
      says: [],
      source: at(4),
    },
  ];
  const targets: Record<string, [string, string]> = {
    backend: ['backend:8000', 'fake/backend'],
    node: ['node-exporter:9100', 'node-exporter'],
    prometheus: ['prometheus:9090', 'prometheus'],
    alertmanager: ['alertmanager:9093', 'alertmanager'],
  };
  const route = {
    receiver: 'slack',
    groupBy: ['alertname', 'job'],
    groupWaitMs: 30_000,
    groupIntervalMs: MIN,
    repeatIntervalMs: 4 * 60 * MIN,
    matchers: [],
    continue: false,
    routes: [],
    source: at(1),
  };
  return {
    dir: '/stack',
    files: [],
    prometheus: {
      file: 'prometheus/prometheus.yml',
      scrapeIntervalMs: 15_000,
      evaluationIntervalMs: 15_000,
      externalLabels: {},
      alertmanagers: ['alertmanager:9093'],
      jobs: Object.entries(targets).map(([name, [target]]) => ({
        name,
        targets: [target],
        metricsPath: '/metrics',
        scrapeIntervalMs: 15_000,
        scrapeTimeoutMs: 10_000,
        source: at(1),
      })),
      ruleGroups: [
        {
          name: 'all',
          intervalMs: 30_000,
          source: at(1),
          records: [],
          rules: alerts.map((a): AlertRule => ({
            alert: a.name,
            expr: `${a.name.toLowerCase()} > 1`,
            forMs: a.forMs,
            keepFiringForMs: 0,
            labels: {},
            annotations: {},
            widestRangeMs: a.windowMs,
            metrics: [],
            source: { file: 'prometheus/alerts/all.yml', line: 7, column: 9 },
            exprSource: at(8),
          })),
        },
      ],
    },
    alertmanager: {
      file: 'alertmanager/alertmanager.yml',
      receivers: [],
      inhibitRules: [],
      route: {
        ...route,
        routes: [
          {
            ...route,
            receiver: 'watchdog',
            groupWaitMs: 0,
            groupIntervalMs: 30_000,
            repeatIntervalMs: MIN,
          },
          { ...route, receiver: 'email' },
        ],
      },
    },
    dashboards: [],
    dataSources: [],
    grafanaRules: [],
    contract: {
      version: 1,
      file: 'contract.yaml',
      metrics: [],
      dashboards: [],
      capacity: [],
      alerts,
      receivers: [
        { name: 'slack', kind: 'slack', to: '#alerts', resolved: true, source: at(1) },
        { name: 'email', kind: 'email', resolved: true, source: at(1) },
        { name: 'watchdog', kind: 'webhook', resolved: false, source: at(1) },
      ],
      jobs: Object.entries(targets).map(([name, [target, component]]) => ({
        name,
        target,
        component,
        source: at(1),
        ...(name === 'backend' ? { follower: 'HighErrorRate' } : {}),
        ...(component === 'prometheus' || component === 'alertmanager'
          ? { toldBySilence: 'it is the monitoring itself' }
          : {}),
      })),
    },
  };
}
