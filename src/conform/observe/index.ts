import { until } from '../../lib/wait.ts';
import type {
  ConformAccount,
  RoutePlan,
  Rounds,
  ServiceEvidence,
  ServicePromise,
} from '../../model/conform.ts';
import { httpRoles } from '../roles.ts';
import { answersIn, demandAnswers, requestsOf } from '../answers.ts';
import { boundedFindings } from '../findings/bounded.ts';
import { heldOpen } from '../findings/steady.ts';
import { runK6 } from './k6.ts';
import type { K6Options } from './k6.ts';
import { scrapes } from './scrape.ts';

/** Longest time that a request may take, ms. */
const TIMEOUT_MS = 10_000;
/** How many unknown paths of a kind are asked before the rest of them. */
const FIRST_PROBES = 200;
/** Open connections are closed within this long, or never, ms. */
const QUIET_WITHIN_MS = 3_000;

export interface ObserveOptions extends K6Options {
  url: URL;
  metricsPath: string;
  routes: RoutePlan[];
  probes: RoutePlan[];
  /** What is being done, for the progress. */
  phase: (text: string) => void;
}

/**
 * Watches a service: at rest, after each of its routes was asked, and after thousands of paths that
 * it can't know.
 * @throws HarnessError when it can't be scraped, answers none of its routes, or k6 failed
 */
export async function observe(
  options: ObserveOptions,
  promise: ServicePromise,
): Promise<ServiceEvidence> {
  const { url, metricsPath, routes, probes, phase, signal } = options;
  const look = (): Promise<Rounds> => scrapes(url, metricsPath, signal);
  const send = (plan: RoutePlan[]) =>
    runK6({ url: url.href.replace(/\/$/, ''), routes: plan, timeoutMs: TIMEOUT_MS }, options);
  phase('looking at the service at rest');
  const before = await look();
  phase('asking each of its routes');
  const account = await send(routes);
  demandAnswers(url.href, routes, account);
  await atRest(look, before, promise, signal);
  const after = await look();
  phase('asking for paths that nobody knows');
  const seen = await probe(probes, { send, look, promise });
  return { before, routes, account, after, ...seen };
}

interface Probing {
  send: (plan: RoutePlan[]) => Promise<ConformAccount>;
  look: () => Promise<Rounds>;
  promise: ServicePromise;
}

/** Asks for what nobody knows: no longer than something is to be learnt from it. */
async function probe(
  probes: RoutePlan[],
  { send, look, promise }: Probing,
): Promise<Pick<ServiceEvidence, 'probes' | 'probesAnswered' | 'probed'>> {
  const seen = { probes: [] as RoutePlan[], probesAnswered: 0, probed: [] as Rounds };
  for (const share of sharesOf(probes)) {
    const answered = answersIn((await send(share)).counts);
    seen.probes.push(...share);
    seen.probesAnswered += answered;
    seen.probed = await look();
    if (answered < requestsOf(share) || boundedFindings(seen, promise).length > 0) break;
  }
  return seen;
}

/**
 * A few of the probes, then the others: a service that makes a series of each path is told by a
 * few, and need not be filled with thousands.
 */
function sharesOf(probes: RoutePlan[]): RoutePlan[][] {
  const part = (from: number, to: number): RoutePlan[] =>
    probes
      .map((plan) => ({ ...plan, paths: plan.paths.slice(from, to) }))
      .filter(({ paths }) => paths.length > 0)
      .map((plan) => ({ ...plan, requests: plan.paths.length }));
  return [part(0, FIRST_PROBES), part(FIRST_PROBES, Infinity)].filter(({ length }) => length > 0);
}

/** Until nothing is open any more; a gauge that never gets there is judged by what it says then. */
async function atRest(
  look: () => Promise<Rounds>,
  before: Rounds,
  promise: ServicePromise,
  signal: AbortSignal,
): Promise<void> {
  const { open } = httpRoles(promise.metrics);
  if (!open) return;
  const quiet = async (): Promise<true | undefined> => {
    return heldOpen({ before, after: await look() }, open.name) ? undefined : true;
  };
  await until(quiet, {
    what: `${open.name} is back at rest`,
    timeoutMs: QUIET_WITHIN_MS,
    everyMs: 100,
    signal,
  }).catch(() => signal.throwIfAborted());
}
