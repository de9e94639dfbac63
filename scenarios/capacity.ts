import { sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { accountOf, partsOf } from './lib/capacity-account.ts';
import type { CapacitySummary } from './lib/capacity-account.ts';
import { PATHS } from './lib/paths.ts';
import type { CapacityLoad } from '../src/model/capacity-load.ts';

// One step of a capacity run: a constant arrival rate (the open model), a warm-up that isn't counted, and a measured part.

const load = JSON.parse(open(__ENV['CAPACITY_LOAD'] ?? '')) as CapacityLoad;
const parts = Object.keys(load.urls);
const totalMs = load.warmUpMs + load.measuredMs;
/** How often the harness is asked again when it doesn't say at once when to begin, s. */
const ASK_AGAIN_S = 0.1;
/** k6's number for a connection that nobody took (errext/httpext, `tcpDialRefusedErrorCode`). */
const REFUSED = 1212;

const fromIntended = new Trend('from_intended');
const late = new Trend('late');
const sent = new Counter('sent');
const begun = new Counter('begun');
const answeredWithin = new Counter('answered_within');
const errors = new Counter('errors');
const unanswered = new Counter('unanswered');
const refused = new Counter('refused');

// An answer that a client got wrong (4xx) is no failure of the service.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 499 }));

export const options: Options = {
  scenarios: { step: { executor: 'constant-arrival-rate', rate: load.rate, timeUnit: '1s', duration: `${totalMs}ms`, preAllocatedVUs: load.virtualUsers, gracefulStop: `${load.timeoutMs + 1_000}ms` } },
  thresholds: Object.fromEntries(partsOf(parts).map(({ name, stat }) => [name, [`${stat}>=0`]])),
  summaryTrendStats: ['count', 'med', 'p(95)', 'p(99)', 'p(99.9)'],
  systemTags: [],
  discardResponseBodies: true,
  setupTimeout: '120s',
};

/** Waits for the word of the harness, which has to know when the measured part begins: all virtual users are ready now. */
export function setup(): void {
  for (;;) {
    const answer = http.get(__ENV['START_URL'] ?? '', { responseType: 'text', timeout: '60s', tags: { span: 'setup' } });
    const t0 = answer.status === 200 ? Number(answer.body) : NaN;
    if (t0 > 0) {
      sleep(Math.max(0, t0 - Date.now()) / 1000);
      return;
    }
    sleep(ASK_AGAIN_S);
  }
}

/** One arrival: what it sends is decided by its number alone. */
export default function arrival(): void {
  const i = exec.scenario.iterationInTest;
  const began = Date.now();
  const intended = exec.scenario.startTime + (i * 1000) / load.rate;
  const part = parts[i % parts.length] ?? '';
  // Whose intended start lies in the measured part is measured, however late it is.
  const span = intended - exec.scenario.startTime < load.warmUpMs ? 'warm-up' : 'measured';
  const tags = { part, span };
  const answer = send(Math.floor(i / parts.length), part, tags);
  const ended = Date.now();
  if (within(began)) begun.add(1);
  if (within(ended) && answer.status > 0) answeredWithin.add(1, { part });
  if (span !== 'measured') return;
  sent.add(1, tags);
  fromIntended.add(Math.max(0, ended - intended), tags);
  late.add(Math.max(0, began - intended), tags);
  if (answer.status >= 500) errors.add(1, tags);
  if (answer.status === 0) unanswered.add(1, tags);
  if (answer.error_code === REFUSED) refused.add(1, tags);
}

function within(ms: number): boolean {
  const sinceStart = ms - exec.scenario.startTime;
  return sinceStart >= load.warmUpMs && sinceStart < totalMs;
}

interface Sent {
  status: number;
  error_code: number;
}

function send(n: number, part: string, tags: Record<string, string>): Sent {
  const url = load.urls[part] ?? '';
  const params = { redirects: 0, timeout: load.timeoutMs, tags: { ...tags, name: part } };
  if (load.kind === 'get') return http.get(url, params);
  if (load.kind === 'lpr-events') return http.post(`${url}/api/lpr/events`, JSON.stringify({ plate: `GT-${1000 + (n % 9000)}`, camera: String(1 + (n % 10_000)) }), { ...params, headers: { 'content-type': 'application/json' } });
  const routes = PATHS[part as keyof typeof PATHS];
  return http.get(`${url}${routes[n % routes.length]?.path(n) ?? ''}`, params);
}

/** k6's own account, also when it is interrupted. */
export function handleSummary(data: CapacitySummary): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(accountOf(parts, data)) };
}
