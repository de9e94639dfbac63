import http from 'k6/http';
import type { Options } from 'k6/options';
import { cameraScenarios, cameras } from './cameras.ts';
import { plan } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { lpr, lprScenarios } from './lpr.ts';
import { requestScenarios, requests } from './requests.ts';
import { recordingErrors, streamingScenarios, streams } from './streaming.ts';

export { cameras, lpr, recordingErrors, requests, streams };

/** Statuses that the load can lead to; whatever else comes makes the parts miss the whole. 0: refused or timed out, during an outage. */
const STATUSES = ['0', '200', '201', '202', '204', '400', '404', '503'];
const steps = Object.values(plan.signals).flatMap((list) => list.map((s) => s.step));
/** k6 reports the parts of a metric only where a threshold names them; one that always holds does. */
const parts = [...Object.keys(plan.requestsPerSecond).flatMap((service) => STATUSES.map((status) => `http_reqs{service:${service},status:${status}}`)), ...steps.map((step) => `step_at{step:${step}}`)];

export const options: Options = {
  scenarios: { ...requestScenarios, ...lprScenarios, ...cameraScenarios, ...streamingScenarios },
  thresholds: Object.fromEntries(parts.map((name) => [name, [name.startsWith('step_at') ? 'max>=0' : 'count>=0']])),
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
  summaryTrendStats: ['min', 'max', 'count'],
  discardResponseBodies: true,
  setupTimeout: '300s',
  noUsageReport: true,
};

/** Waits for the harness to say when the run begins. */
export function setup(): Start {
  return http.get(`${__ENV['CONTROL_URL'] ?? ''}/start`, { timeout: '290s', responseType: 'text', tags: { name: 'control', service: 'control' } }).json() as unknown as Start;
}

interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

/** k6's own account of what it did: the truth that the services' counters are compared with. */
export function handleSummary(data: Summary): Record<string, string> {
  const value = (metric: string, stat: string): number => data.metrics[metric]?.values[stat] ?? 0;
  const byNameStatus: Record<string, number> = {};
  for (const service of Object.keys(plan.requestsPerSecond)) {
    for (const status of STATUSES) {
      const count = value(`http_reqs{service:${service},status:${status}}`, 'count');
      if (count > 0) byNameStatus[`${service} ${status}`] = count;
    }
  }
  const acts = steps.flatMap((step) => {
    const count = value(`step_at{step:${step}}`, 'count');
    return count > 0 ? [[step, { first: value(`step_at{step:${step}}`, 'min'), last: value(`step_at{step:${step}}`, 'max'), count }]] : [];
  });
  // One request is setup's own.
  const summary = { requests: value('http_reqs', 'count') - 1, droppedIterations: value('dropped_iterations', 'count'), byNameStatus, steps: Object.fromEntries(acts) as Record<string, unknown> };
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(summary) };
}
