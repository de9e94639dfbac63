import { sleep } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { cameraScenarios, cameras } from './cameras.ts';
import { params, plan } from './lib/plan.ts';
import type { Start } from './lib/plan.ts';
import { partsOf, summarize } from './lib/summary.ts';
import type { Summary } from './lib/summary.ts';
import { lpr, lprScenarios } from './lpr.ts';
import { requestScenarios, requests } from './requests.ts';
import { probe, probeScenarios } from './probe.ts';
import { recordingErrors, recordings, streamingScenarios, streams } from './streaming.ts';

export { cameras, lpr, probe, recordingErrors, recordings, requests, streams };

// An answer that a client got wrong (4xx) is no failure of the service.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 499 }));

/** How long the harness may take from k6's start until it knows T0. */
const START_WITHIN_MS = 290_000;
const ASK_AGAIN_MS = 100;

export const options: Options = {
  scenarios: { ...requestScenarios, ...lprScenarios, ...cameraScenarios, ...streamingScenarios, ...probeScenarios },
  thresholds: Object.fromEntries(partsOf(plan).map((part) => [part.name, [`${part.stat}>=0`]])),
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
  summaryTrendStats: ['min', 'max', 'count', 'med', 'p(95)', 'p(99)'],
  discardResponseBodies: true,
  // All cameras of a step change together.
  batchPerHost: 20,
  setupTimeout: '300s',
};

/** Waits until the harness says when the run begins, and then until it does: before T0 nothing is sent. */
export function setup(): Start {
  const deadline = Date.now() + START_WITHIN_MS;
  for (;;) {
    const answer = http.get(`${__ENV['CONTROL_URL'] ?? ''}/start`, { ...params(null, 'control', '/start', 'text'), timeout: Math.max(1, deadline - Date.now()) });
    const t0 = answer.status === 200 ? (answer.json() as { t0?: unknown } | null)?.t0 : undefined;
    if (typeof t0 === 'number') {
      sleep(Math.max(0, t0 - Date.now()) / 1000);
      return { t0 };
    }
    if (Date.now() > deadline) throw new Error(`the harness didn't say when to begin: status ${answer.status} ${answer.error}`);
    sleep(ASK_AGAIN_MS / 1000);
  }
}

/** k6's own account of what it did: the truth that the services' counters are compared with. */
export function handleSummary(data: Summary): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(summarize(plan, data)) };
}
