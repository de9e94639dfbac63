import { attach } from '../../src/attach/index.ts';
import { createReader } from '../../src/attach/client/index.ts';
import type { LiveResult } from '../../src/model/attach.ts';
import type { CheckFile } from '../../src/model/check.ts';
import { readStack } from '../../src/stack/index.ts';
import { Refusal, serve } from './server.ts';

export const NOW_MS = Date.parse('2026-01-08T00:00:00Z');
const DAY_MS = 86_400_000;

/** A running system that is all right, in parts that a case may replace. */
export interface System {
  targets: unknown[];
  rules: unknown[];
  alertmanagers: unknown[];
  names: string[];
  alertmanager: string;
  dashboards: Record<string, unknown>;
  /** The series that an expression has now, or how it is refused. */
  instant: Record<string, unknown[] | Refusal>;
  /** Moments of the last days at which an expression had a value, epoch seconds. */
  past: Record<string, number[]>;
  /** Paths that are answered otherwise, whatever is asked there. */
  instead: Record<string, unknown>;
}

export const RULE = {
  type: 'alerting',
  name: 'Down',
  query: 'up{job="api"} == 0',
  duration: 60,
  labels: { severity: 'critical' },
  annotations: { summary: 'down' },
  health: 'ok',
};

export const HEALTHY: System = {
  targets: [
    { labels: { job: 'api', instance: 'a:1' }, scrapeUrl: 'http://a:1/metrics', health: 'up' },
  ],
  rules: [RULE],
  alertmanagers: [{ url: 'http://alertmanager:9093' }],
  names: ['up', 'requests_total'],
  alertmanager: 'route: {receiver: team}\nreceivers: [{name: team, webhook_configs: [{url: x}]}]',
  dashboards: {
    board: {
      dashboard: {
        title: 'Board',
        panels: [{ title: 'Up', type: 'timeseries', targets: [{ refId: 'A', expr: 'sum(up)' }] }],
      },
    },
  },
  instant: {
    'count(up{job="api"})': [{ metric: {}, value: [0, '1'] }],
    'sum(up)': [{ metric: {}, value: [0, '1'] }],
    'count by (job) (requests_total)': [{ metric: { job: 'api' }, value: [0, '2'] }],
  },
  past: {},
  instead: {},
};

/** The files that make the healthy system. */
export const FILES: CheckFile[] = [
  {
    path: 'rules.yml',
    text: 'groups:\n  - name: g\n    rules:\n      - alert: Down\n        expr: up{job="api"} == 0\n        for: 1m\n        labels: {severity: critical}\n        annotations: {summary: down}\n',
  },
  {
    path: 'contract.yaml',
    text: 'version: 1\njobs: {api: {target: "a:1"}}\nmetrics:\n  requests_total: {type: counter, jobs: [api], series: 5}\nalerts: {}\n',
  },
];

/** Judges a system, and gives back what was asked of it too. */
export async function judged(
  change: Partial<System> = {},
  files: CheckFile[] | null = FILES,
): Promise<LiveResult & { requests: string[] }> {
  const system = { ...HEALTHY, ...change };
  const served = await serve((path, parameters) => answerOf(system, path, parameters));
  try {
    const bases = { prometheus: served.url, alertmanager: served.url, grafana: served.url };
    const reader = createReader(
      bases,
      {},
      { timeoutMs: 60_000, signal: new AbortController().signal },
    );
    const result = await attach(reader, {
      addresses: { prometheus: 'p', alertmanager: 'a', grafana: 'g' },
      ...(files ? { files: readStack(files) } : {}),
      lastMs: 7 * DAY_MS,
      timeoutMs: 60_000,
      nowMs: NOW_MS,
      phase: () => undefined,
    });
    return { ...result, requests: served.asked };
  } finally {
    await served.close();
  }
}

function answerOf(system: System, path: string, parameters: URLSearchParams): unknown {
  if (path in system.instead) return system.instead[path];
  const query = parameters.get('query') ?? '';
  const data = (inner: unknown) => ({ status: 'success', data: inner });
  const uid = /^\/api\/dashboards\/uid\/(.*)$/.exec(path)?.[1];
  if (uid !== undefined) return system.dashboards[uid];
  switch (path) {
    case '/api/v1/status/buildinfo':
      return data({ version: '3.5.0' });
    case '/api/v1/status/config':
      return data({ yaml: 'scrape_configs: [{job_name: api}]' });
    case '/api/v1/targets':
      return data({ activeTargets: system.targets });
    case '/api/v1/rules':
      return data({
        groups: [{ name: 'g', file: 'rules.yml', interval: 60, rules: system.rules }],
      });
    case '/api/v1/alertmanagers':
      return data({ activeAlertmanagers: system.alertmanagers });
    case '/api/v1/label/__name__/values':
      return data(system.names);
    case '/api/v2/status':
      return { config: { original: system.alertmanager }, versionInfo: { version: '0.28.0' } };
    case '/api/health':
      return { version: '12.0.0' };
    case '/api/search':
      return Object.keys(system.dashboards).map((board) => ({ uid: board, title: board }));
    case '/api/v1/query': {
      const series = system.instant[query];
      return series instanceof Refusal
        ? series
        : data({ resultType: 'vector', result: series ?? [] });
    }
    case '/api/v1/query_range':
      return data({
        resultType: 'matrix',
        result: (system.past[query] ? [system.past[query]] : []).map((times) => ({
          metric: { instance: 'a:1' },
          values: times.map((time) => [time, '0']),
        })),
      });
    default:
      return undefined;
  }
}
