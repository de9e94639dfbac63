import { expect, it } from 'vitest';
import { partsOf } from '../../scenarios/lib/parts.ts';
import { summarize } from '../../scenarios/lib/summary.ts';
import type { LoadPlan } from '../../src/model/load-plan.ts';

const plan: LoadPlan = {
  arrivals: {},
  tailMs: 900,
  tailShare: 0.1,
  slowMs: 1_200,
  speed: 60,
  constants: {},
  lengthMs: 1_000,
  slots: {
    ai: [
      { untilMs: 600, isSteady: false },
      { untilMs: 1_000, isSteady: true },
    ],
  },
  signals: {
    'load.errors.backend': [
      { atMs: 0, level: 0.1, step: 'HighErrorRate/near' },
      { atMs: 900, level: 0, step: 'HighErrorRate/rest' },
    ],
  },
  spans: {
    backend: [
      { name: 'life 1', untilMs: 500, exact: true },
      { name: 'end of life 1', untilMs: 1_000, exact: false },
    ],
    ai: [{ name: 'life 1', untilMs: 1_000, exact: true }],
  },
  probes: {},
};
const count = (n: number): { values: { count: number } } => ({ values: { count: n } });

it('asks k6 for every part it reads', () => {
  const names = partsOf(plan).map((part) => part.name);
  expect(names).toContain(
    'http_reqs{service:ai,span:life 1,method:POST,name:/api/lpr/events,status:202}',
  );
  expect(names).toContain('http_req_waiting{service:backend,span:end of life 1}');
  expect(names).toContain('asked_ms{service:ai,slot:0}');
  expect(names).toContain('http_req_failed{service:ai,slot:1}');
  expect(names).toContain('stood_ms{service:ai,slot:1}');
  expect(names).toContain('step_at{step:HighErrorRate/rest}');
  expect(new Set(names).size).toBe(names.length);
});

it('adds up to the whole: unforeseen answers and services have a place of their own', () => {
  const summary = summarize(plan, {
    metrics: {
      http_reqs: count(121),
      'http_reqs{service:control}': count(1),
      dropped_iterations: count(2),
      'http_reqs{service:backend,span:life 1}': count(100),
      'http_reqs{service:backend,span:life 1,method:GET,name:/api/events,status:200}': count(90),
      'http_reqs{service:backend,span:life 1,method:GET,name:/api/events,status:0}': count(7),
      'http_reqs{service:ai,span:life 1}': count(18),
      'http_reqs{service:ai,span:life 1,method:POST,name:/api/lpr/events,status:202}': count(18),
      'asked_ms{service:ai,span:life 1}': { values: { 'p(49)': 160 } },
      'http_req_waiting{service:ai,span:life 1}': {
        values: { count: 18, 'p(51)': 170, 'p(96)': 900, 'p(99.5)': 1_200 },
      },
      'http_req_failed{service:ai,slot:1}': { values: { passes: 3, fails: 15 } },
      'http_reqs{service:ai,slot:1,method:POST,name:/api/lpr/events,status:202}': count(15),
      'stood_ms{service:ai,slot:1}': { values: { max: 430 } },
      'asked_ms{service:ai,slot:1}': { values: { 'p(45)': 160, 'p(92.5)': 170, 'p(97.5)': 900 } },
      'http_req_waiting{service:ai,slot:1}': {
        values: { 'p(55)': 171, 'p(97.5)': 901, max: 1_201 },
      },
      'step_at{step:HighErrorRate/near}': { values: { min: 5, max: 9, count: 3 } },
      'step_late_ms{step:HighErrorRate/near}': { values: { max: 120 } },
    },
  });
  expect(summary.requests).toBe(120);
  expect(
    summary.counts.map((c) => [c.service, c.span, c.method, c.name, c.status, c.count].join(' ')),
  ).toEqual([
    'backend life 1 GET /api/events 0 7',
    'backend life 1 GET /api/events 200 90',
    'backend life 1 other other other 3',
    'ai life 1 POST /api/lpr/events 202 18',
    'other other other other other 2',
  ]);
  expect(summary.counts.reduce((sum, c) => sum + c.count, 0)).toBe(summary.requests);
  expect(summary.times).toEqual([
    {
      service: 'ai',
      span: 'life 1',
      count: 18,
      waited: { '0.5': 0.17, '0.95': 0.9, '0.99': 1.2 },
      asked: { '0.5': 0.16, '0.95': 0, '0.99': 0 },
    },
  ]);
  expect(
    summary.slots['ai']?.map(({ all, errors, events, asked, waited }) => [
      ...[all, errors, events],
      ...[asked, waited].map((of) => [of['0.5'], of['0.95'], of['0.99']]),
    ]),
  ).toEqual([
    [0, 0, 0, [0, 0, 0], [0, 0, 0]],
    [18, 3, 15, [0.16, 0.17, 0.9], [0.171, 0.901, 1.201]],
  ]);
  expect(summary.slots['ai']?.map(({ stoodMs }) => stoodMs)).toEqual([0, 430]);
  expect(summary.steps).toEqual({
    'HighErrorRate/near': { first: 5, last: 9, count: 3, lateMs: 120 },
  });
  expect(summary.droppedIterations).toBe(2);
});
