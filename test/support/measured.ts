import type { Evidence } from '../../src/model/evidence.ts';
import type { K6Evidence } from '../../src/model/k6-evidence.ts';
import type { Series } from '../../src/model/series.ts';
import type { PanelPlan } from '../../src/model/dashboard-plan.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/index.ts';
import { T0, perfectEvidence } from './perfect.ts';
import { smallSpec } from './spec.ts';

const SCRAPE_MS = 250;
const at = (line: number): { file: string; line: number; column: number } => ({
  file: 'contract.yaml',
  line,
  column: 3,
});
const source = at(1);

/**
 * A run of 20 s in which `backend` is asked 1,000 times at two routes, and has a gauge that is set
 * to 5 and then to 9.
 */
export function measuredPlan(): Plan {
  const plan = makePlan(smallSpec(), 'small', 60);
  const labels = ['method', 'endpoint', 'status'];
  plan.tracks = [];
  plan.signals = {};
  plan.jobs.push({
    name: 'node',
    target: 'n:1',
    metricsPath: '/metrics',
    component: 'node-exporter',
    toldBySilence: null,
    scrapeMs: SCRAPE_MS,
  });
  plan.metrics = [
    {
      name: 'http_requests_total',
      type: 'counter',
      jobs: ['backend'],
      labels,
      series: 3,
      selected: true,
      source: at(2),
    },
    {
      name: 'http_request_duration_seconds',
      type: 'histogram',
      jobs: ['backend'],
      labels: ['method', 'endpoint'],
      series: 3,
      selected: true,
      source: at(3),
    },
    {
      name: 'gtvision_cameras_offline',
      type: 'gauge',
      jobs: ['backend'],
      labels: [],
      series: 1,
      selected: true,
      source: at(4),
    },
  ];
  plan.load = {
    ...plan.load,
    spans: { backend: [{ name: 'life 1', untilMs: 20_000, exact: true }] },
    probes: {},
    signals: {},
    slots: {
      backend: [5_000, 10_000, 15_000, 20_000].map((untilMs, i) => ({ untilMs, isSteady: i > 0 })),
    },
    lengthMs: 20_000,
  };
  plan.quantiles = [
    {
      metric: 'http_request_duration_seconds',
      job: 'backend',
      service: 'backend',
      span: 'life 1',
      quantile: '0.95',
      question: 'q',
    },
  ];
  plan.questions = [{ id: 'q', query: 'histogram_quantile(0.95, …)', atMs: 20_000 }];
  plan.panels = [
    panel('Offline', 'short', 'gtvision.cameras_offline'),
    panel('Rate', 'reqps', 'http.requests'),
  ];
  plan.lengthMs = 20_000;
  return plan;
}

function panel(title: string, unit: string, shows: string): PanelPlan {
  return {
    id: `Board/${title}`,
    dashboard: 'Board',
    title,
    rangeMs: 60_000,
    refreshMs: null,
    unit,
    promised: { unit, unproved: null, empty: null },
    source,
    queries: [
      {
        refId: 'A',
        expr: 'x',
        runExpr: 'x',
        legend: '{{job}}',
        instant: false,
        stepMs: 500,
        windowMs: shows === 'http.requests' ? 1_000 : 0,
        shows,
        problem: null,
        dataSource: 'prometheus',
        source,
      },
    ],
  };
}

const series = (
  labels: Record<string, string>,
  value: (ms: number) => number,
  stepMs = SCRAPE_MS,
): Series => ({
  labels,
  samples: Array.from({ length: 20_000 / stepMs + 1 }, (_, i) => [
    T0 + i * stepMs,
    value(i * stepMs),
  ]),
});
const http = (endpoint: string, status: string, count: number): Series =>
  series(
    {
      __name__: 'http_requests_total',
      job: 'backend',
      instance: 'b:1',
      method: 'GET',
      endpoint,
      status,
    },
    (ms) => Math.round((count * ms) / 20_000),
  );
const duration = (suffix: string, endpoint: string, count: number, le?: string): Series =>
  series(
    {
      __name__: `http_request_duration_seconds_${suffix}`,
      job: 'backend',
      instance: 'b:1',
      method: 'GET',
      endpoint,
      ...(le === undefined ? {} : { le }),
    },
    (ms) => Math.round((count * ms) / 20_000),
  );
const count = (name: string, status: string, n: number): K6Evidence['counts'][number] => ({
  service: 'backend',
  span: 'life 1',
  method: 'GET',
  name,
  status,
  count: n,
});

/** Evidence of that run in which everything agrees. */
export function measuredEvidence(plan: Plan): Evidence {
  const offline = (ms: number): number => (ms < 8_000 ? 5 : 9);
  const perfect = perfectEvidence(plan);
  return {
    ...perfect,
    series: [
      ...perfect.series,
      series({ __name__: 'up', job: 'backend', instance: 'b:1' }, () => 1),
      series({ __name__: 'scrape_duration_seconds', job: 'backend', instance: 'b:1' }, () => 0.003),
    ],
    metrics: [
      http('/api/users/:id', '200', 600),
      http('/api/users/:id', '503', 30),
      http('/api/events', '200', 370),
      duration('count', '/api/users/:id', 630),
      duration('count', '/api/events', 370),
      ...['0.1', '0.25', '+Inf'].flatMap((le) => [
        duration('bucket', '/api/users/:id', 630, le),
        duration('bucket', '/api/events', 370, le),
      ]),
      series({ __name__: 'gtvision_cameras_offline', job: 'backend', instance: 'b:1' }, offline),
    ],
    metadata: [
      { job: 'backend', metric: 'http_requests_total', type: 'counter' },
      { job: 'backend', metric: 'http_request_duration_seconds', type: 'histogram' },
      { job: 'backend', metric: 'gtvision_cameras_offline', type: 'gauge' },
    ],
    truth: [
      {
        metric: 'gtvision_cameras_offline',
        labels: {},
        kind: 'level',
        known: 'k6',
        lagMs: 0,
        points: [
          [T0 - 10, T0 - 5, 5],
          [T0 + 7_950, T0 + 8_010, 9],
        ],
      },
    ],
    answers: { q: [{ labels: {}, value: 0.2 }] },
    k6: {
      exitCode: 0,
      requests: 1_000,
      droppedIterations: 0,
      steps: {},
      counts: [
        count('/api/users/:id', '200', 600),
        count('/api/users/:id', '503', 30),
        count('/api/events', '200', 370),
      ],
      times: [
        {
          service: 'backend',
          span: 'life 1',
          count: 1_000,
          asked: { '0.5': 0.17, '0.95': 0.2, '0.99': 0.2 },
          waited: { '0.5': 0.17, '0.95': 0.2, '0.99': 0.2 },
        },
      ],
      slots: {
        backend: [0, 1, 2, 3].map((slot) => ({
          slot,
          all: 250,
          errors: 8,
          events: 0,
          asked: { '0.5': 0.17, '0.95': 0.2, '0.99': 0.2 },
          waited: { '0.5': 0.17, '0.95': 0.2, '0.99': 0.2 },
          stoodMs: 0,
        })),
      },
    },
    panels: {
      'Board/Offline A': {
        query: 'x',
        askedAt: perfect.endedAt,
        series: [series({ job: 'backend' }, offline, 500)],
        error: null,
        choices: [{ chosen: 'job = backend', series: 1 }],
      },
      'Board/Rate A': {
        query: 'x',
        askedAt: perfect.endedAt,
        series: [series({ job: 'backend' }, () => 250 / 5 / 60, 500)],
        error: null,
        choices: [],
      },
    },
  };
}
