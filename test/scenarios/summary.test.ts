import { expect, it } from 'vitest';
import { partsOf, summarize } from '../../scenarios/lib/summary.ts';
import type { LoadPlan } from '../../src/model/plan.ts';

const plan: LoadPlan = {
  requestsPerSecond: { backend: 100, streaming: 20, ai: 100 }, lprPerSecond: 5, tailMs: 900, tailShare: 0.1, slowMs: 1_200, speed: 60, cameras: 100, lengthMs: 1_000,
  signals: { 'load.errors.backend': [{ atMs: 0, level: 0.1, step: 'HighErrorRate/near' }, { atMs: 900, level: 0, step: 'HighErrorRate/rest' }] },
};
const count = (n: number): { values: { count: number } } => ({ values: { count: n } });

it('asks k6 for every part it reads', () => {
  const names = partsOf(plan).map((part) => part.name);
  expect(names).toContain('http_reqs{service:ai,status:503}');
  expect(names).toContain('step_at{step:HighErrorRate/rest}');
  expect(new Set(names).size).toBe(names.length);
});

it('adds up to the whole: unforeseen statuses and services have a place of their own', () => {
  const summary = summarize(plan, {
    metrics: {
      http_reqs: count(121), 'http_reqs{service:control}': count(1), 'http_reqs{service:backend}': count(100), 'http_reqs{service:backend,status:200}': count(90), 'http_reqs{service:backend,status:0}': count(7),
      'http_reqs{service:ai}': count(18), 'http_reqs{service:ai,status:202}': count(18), dropped_iterations: count(2),
      'step_at{step:HighErrorRate/near}': { values: { min: 5, max: 9, count: 3 } },
    },
  });
  expect(summary).toEqual({
    requests: 120,
    droppedIterations: 2,
    byNameStatus: { 'backend 0': 7, 'backend 200': 90, 'backend other': 3, 'ai 202': 18, other: 2 },
    steps: { 'HighErrorRate/near': { first: 5, last: 9, count: 3 } },
  });
  expect(Object.values(summary.byNameStatus).reduce((a, b) => a + b)).toBe(summary.requests);
});
