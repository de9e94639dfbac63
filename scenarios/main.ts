import http from 'k6/http';
import type { Options } from 'k6/options';
import { cameraScenarios, cameras } from './cameras.ts';
import { plan } from './lib/plan.ts';
import { waitForStart } from './lib/start.ts';
import { TREND_STATS } from './lib/read-summary.ts';
import { partsOf } from './lib/parts.ts';
import { summarize } from './lib/summary.ts';
import type { Summary } from './lib/read-summary.ts';
import { lpr, lprScenarios } from './lpr.ts';
import { requestScenarios, requests } from './requests.ts';
import { probe, probeScenarios } from './probe.ts';
import { recordingErrors, recordings, streamingScenarios, streams } from './streaming.ts';

export {
  waitForStart as setup,
  cameras,
  lpr,
  probe,
  recordingErrors,
  recordings,
  requests,
  streams,
};

// An answer that a client got wrong (4xx) is no failure of the service.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 499 }));

const scenarios: Options['scenarios'] = {
  ...requestScenarios,
  ...lprScenarios,
  ...cameraScenarios,
  ...streamingScenarios,
  ...probeScenarios,
};

/** Where a plan has no load: k6 refuses to run nothing. */
export function idle(): void {
  // Nobody is asked.
}
const idleScenario: Options['scenarios'] = {
  idle: { executor: 'shared-iterations', vus: 1, iterations: 1, exec: 'idle' },
};

export const options: Options = {
  scenarios: Object.keys(scenarios).length > 0 ? scenarios : idleScenario,
  // k6 reads the options once, and evaluates this file again for each virtual user: hundreds of
  // thresholds in each of hundreds would be most of its memory, which then is searched for garbage.
  thresholds:
    __VU === 0
      ? Object.fromEntries(partsOf(plan).map((part) => [part.name, [`${part.stat}>=0`]]))
      : {},
  systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
  summaryTrendStats: TREND_STATS,
  discardResponseBodies: true,
  // All cameras of a step change together.
  batchPerHost: 20,
  setupTimeout: '300s',
};

/** k6's own account of what it did: the truth that the services' counters are compared with. */
export function handleSummary(data: Summary): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(summarize(plan, data)) };
}
