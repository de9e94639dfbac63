import { sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { accountOf, partsOf } from './lib/capacity-account.ts';
import type { CapacitySummary } from './lib/capacity-account.ts';
import { PATHS } from './lib/paths.ts';
import type { CapacityLoad } from '../src/model/capacity-load.ts';

// One step of a capacity run: a constant arrival rate (the open model), a warm-up that isn't
// counted, and a measured part.

const load = JSON.parse(open(__ENV['CAPACITY_LOAD'] ?? '')) as CapacityLoad;
const parts = Object.keys(load.urls);
const totalMs = load.warmUpMs + load.measuredMs;
/** How often the harness is asked again when it doesn't say at once when to begin, s. */
const ASK_AGAIN_S = 0.1;
/** k6's number for a connection that nobody took (errext/httpext, `tcpDialRefusedErrorCode`). */
const REFUSED = 1212;

// Each figure costs the generator CPU at every request: only what can't be had otherwise is put
// down.
const fromIntended = new Trend('from_intended');
const over = new Counter('answered_after');
const early = new Counter('answered_from_before');
const errors = new Counter('errors');
const unanswered = new Counter('unanswered');
const refused = new Counter('refused');

// An answer that a client got wrong (4xx) is no failure of the service.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 499 }));

export const options: Options = {
  scenarios: {
    step: {
      executor: 'constant-arrival-rate',
      rate: load.rate,
      timeUnit: '1s',
      duration: `${totalMs}ms`,
      preAllocatedVUs: load.virtualUsers,
      gracefulStop: `${load.timeoutMs + 1_000}ms`,
    },
  },
  thresholds: Object.fromEntries(partsOf(parts).map(({ name, stat }) => [name, [`${stat}>=0`]])),
  summaryTrendStats: ['count', 'med', 'p(95)', 'p(99)', 'p(99.9)'],
  systemTags: [],
  discardResponseBodies: true,
  setupTimeout: '120s',
};

/**
 * Waits for the word of the harness, which has to know when the measured part begins: all virtual
 * users are ready now.
 */
export function setup(): void {
  for (;;) {
    const answer = http.get(__ENV['START_URL'] ?? '', {
      responseType: 'text',
      timeout: '60s',
      tags: { span: 'setup' },
    });
    const t0 = answer.status === 200 ? Number(answer.body) : NaN;
    if (t0 > 0) {
      sleep(Math.max(0, t0 - Date.now()) / 1000);
      return;
    }
    sleep(ASK_AGAIN_S);
  }
}

/**
 * What is put to each request of a part, before and in the measured part; made once, for it is
 * needed at each request.
 */
const paramsOf = (
  part: string,
  span: string,
): { redirects: number; timeout: number; tags: Record<string, string> } => ({
  redirects: 0,
  timeout: load.timeoutMs,
  tags: { part, span, name: part },
});
const PARAMS = parts.map((part) => ({
  before: paramsOf(part, 'warm-up'),
  measured: paramsOf(part, 'measured'),
}));

/** One arrival: what it sends is decided by its number alone. */
export default function arrival(): void {
  const i = exec.scenario.iterationInTest;
  const started = exec.scenario.startTime;
  const [from, to] = [started + load.warmUpMs, started + totalMs];
  const measured = Date.now() >= from;
  const part = i % parts.length;
  const own = PARAMS[part];
  if (!own) return;
  const params = measured ? own.measured : own.before;
  const answer = send(Math.floor(i / parts.length), parts[part] ?? '', params);
  const ended = Date.now();
  const { tags } = params;
  if (!measured) {
    if (ended >= from && ended < to && answer.status > 0) early.add(1, tags);
    return;
  }
  // From its intended start, however late it was sent.
  fromIntended.add(Math.max(0, ended - started - (i * 1000) / load.rate), tags);
  if (answer.status === 0) unanswered.add(1, tags);
  else if (ended >= to) over.add(1, tags);
  if (answer.status >= 500) errors.add(1, tags);
  if (answer.error_code === REFUSED) refused.add(1, tags);
}

interface Sent {
  status: number;
  error_code: number;
}

/**
 * The header that makes this request fail or wait, if a share of the part's requests is to; evenly
 * spread.
 */
function provocation(n: number, part: string): Record<string, string> {
  const own = load.provoke?.find((p) => p.part === part);
  if (!own) return {};
  const sinceMs = Date.now() - exec.scenario.startTime;
  const level = own.steps.findLast((step) => step.atMs <= sinceMs)?.level ?? 0;
  if (Math.floor(level * (n + 1)) === Math.floor(level * n)) return {};
  return own.what === 'errors'
    ? { 'x-provoke-status': '503' }
    : { 'x-provoke-delay-ms': String(own.slowMs) };
}

function send(n: number, part: string, params: ReturnType<typeof paramsOf>): Sent {
  const url = load.urls[part] ?? '';
  if (load.kind === 'get') return http.get(url, params);
  if (load.kind === 'lpr-events')
    return http.post(
      `${url}/api/lpr/events`,
      JSON.stringify({ plate: `GT-${1000 + (n % 9000)}`, camera: String(1 + (n % 10_000)) }),
      { ...params, headers: { 'content-type': 'application/json' } },
    );
  const routes = PATHS[part as keyof typeof PATHS];
  return http.get(
    `${url}${routes[n % routes.length]?.path(n) ?? ''}`,
    load.provoke ? { ...params, headers: provocation(n, part) } : params,
  );
}

/** k6's own account, also when it is interrupted. */
export function handleSummary(data: CapacitySummary): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(accountOf(parts, data)) };
}
