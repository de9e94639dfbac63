import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ClockStepped, readClocks, steppedBetween } from '../../lib/clocks.ts';
import { Disposal } from '../../lib/disposal.ts';
import { messageOf } from '../../lib/errors.ts';
import { sleepUntil, unlessAborted, until } from '../../lib/wait.ts';
import type { ProofEvidence, ProofPlan } from '../../model/proof.ts';
import { get } from '../../lib/http.ts';
import { ProcessRuntime } from '../../runtimes/native/processes.ts';
import type { ProofEvent, ProofRequest } from '../events.ts';
import { collect } from './collect.ts';

import { changeDiscovery, makeDiscoveryWritable } from './discovery.ts';
import { observe } from './observe.ts';
import { causeOutages } from './outages.ts';
import { PROMETHEUS_URL, programsOf } from './programs.ts';
import { startReceivers } from './receivers/index.ts';

const TARGETS_WITHIN_MS = 20_000;
const PROGRESS_EVERY_MS = 500;
/** How late a timer was tells how late everything else may have been. */
const LAG_EVERY_MS = 20;

/**
 * Carries a plan out, inside the run's namespaces. Always returns evidence, of what was seen until
 * the end.
 */
export async function prove(
  plan: ProofPlan,
  request: ProofRequest,
  outer: AbortSignal,
  emit: (event: ProofEvent) => void,
): Promise<ProofEvidence> {
  const crash = new AbortController();
  const signal = AbortSignal.any([outer, crash.signal]);
  setMaxListeners(0, signal);
  const evidence = emptyProofEvidence(request.versions);
  const began = performance.now();
  const disposal = new Disposal();
  let isComparable = true;
  try {
    emit({ type: 'phase', text: 'starting the stack' });
    const { exporter, runtime } = await unlessAborted(
      start(plan, request, evidence, disposal, crash, signal),
      signal,
    );
    const t0 = Date.now();
    exporter.send({ t0 });
    evidence.t0 = t0;
    emit({ type: 'phase', text: phaseText(plan) });
    const ticker = setInterval(
      () =>
        emit({
          type: 'update',
          doneMs: Date.now() - t0,
          totalMs: plan.lengthMs,
          waitingFor: '',
        }),
      PROGRESS_EVERY_MS,
    );
    disposal.defer(() => clearInterval(ticker));
    const watching = observe(evidence, plan.receivers !== null);
    disposal.defer(() => watching[Symbol.dispose]());
    const lag = watchClocks(evidence, (step) => crash.abort(step));
    disposal.defer(() => clearInterval(lag));
    await Promise.all([
      changeDiscovery(plan.discovery, t0, signal),
      causeOutages(plan, t0, runtime, signal),
      sleepUntil(t0 + plan.lengthMs, signal),
    ]);
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    evidence.interruption = messageOf(reason);
    isComparable = !(reason instanceof ClockStepped);
  }
  if (isComparable) {
    emit({ type: 'phase', text: 'collecting what was seen' });
    // Also of a run that was cut off: what was seen was seen.
    isComparable = await collected(plan, evidence, request);
  }
  // Nothing is judged by what can't be known.
  if (!isComparable) evidence.t0 = null;
  await disposal.dispose();
  // By the clock that nobody steps.
  evidence.endedAt = evidence.startedAt + Math.round(performance.now() - began);
  return evidence;
}

/** @returns whether it could be done; else the interruption says why */
async function collected(
  plan: ProofPlan,
  evidence: ProofEvidence,
  { runDir }: ProofRequest,
): Promise<boolean> {
  try {
    await collect(plan, evidence, join(runDir, 'logs'));
    return true;
  } catch (error) {
    evidence.interruption ??= `what was seen can't be collected: ${messageOf(error)}`;
    return false;
  }
}

export function emptyProofEvidence(versions: Record<string, string>): ProofEvidence {
  const now = Date.now();
  return {
    schemaVersion: 1,
    startedAt: now,
    t0: null,
    endedAt: now,
    interruption: null,
    alerts: [],
    seen: {},
    scrapeErrors: {},
    facts: [],
    deliveries: [],
    suppressed: [],
    notifyErrors: [],
    ruleErrors: [],
    annotations: [],
    slowestScrapeMs: {},
    panels: [],
    worstLagMs: 0,
    missedEvaluations: 0,
    versions,
  };
}

async function start(
  plan: ProofPlan,
  { runDir }: ProofRequest,
  evidence: ProofEvidence,
  disposal: Disposal,
  crash: AbortController,
  signal: AbortSignal,
): Promise<{ exporter: ChildProcess; runtime: ProcessRuntime }> {
  // Literal addresses of targets and receivers are this machine's, here.
  for (const [name, ip] of Object.entries(plan.hosts))
    if (name === ip && !ip.startsWith('127.')) await execa('ip', ['addr', 'add', ip, 'dev', 'lo']);
  await makeDiscoveryWritable(plan);
  const [cert, key] = await Promise.all(
    ['cert', 'key'].map((name) => readFile(join(runDir, 'tls', `${name}.pem`), 'utf8')),
  );
  const runtime = new ProcessRuntime({
    runDir,
    addresses: plan.hosts,
    onCrash: (error) => crash.abort(error),
  });
  disposal.defer(() => runtime.stopAll());
  if (plan.components.length > 0) {
    // With all that drives technologies: most proofs need none of it.
    const { startComponents } = await import('./components.ts');
    await startComponents(plan, runDir, runtime, disposal, signal);
  }
  const exporter = await startExporter(runDir, disposal, crash);
  if (plan.receivers) {
    const tls = { cert: cert ?? '', key: key ?? '' };
    const inbox = await startReceivers(plan.receivers, plan.hosts, tls, disposal);
    evidence.facts = inbox.facts;
    evidence.deliveries = inbox.deliveries;
  }
  const programs = programsOf(plan, runDir);
  runtime.learn(programs);
  await Promise.all(programs.map(({ name }) => runtime.start(name, signal)));
  await until(allScraped, {
    what: 'every target was scraped once',
    timeoutMs: TARGETS_WITHIN_MS,
    everyMs: 100,
    signal,
  }).catch((error: unknown) => {
    // Who isn't scraped is told by the verdicts, with Prometheus's own reason.
    signal.throwIfAborted();
    void error;
  });
  return { exporter, runtime };
}

async function startExporter(
  runDir: string,
  disposal: Disposal,
  crash: AbortController,
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('exporter.ts', import.meta.url)), [runDir], {
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let ending = false;
  disposal.defer(() => {
    ending = true;
    child.kill('SIGKILL');
  });
  child.once('exit', () => {
    if (!ending) crash.abort(new Error('the synthetic targets ended by themselves'));
  });
  await once(child, 'message');
  return child;
}

async function allScraped(): Promise<true | undefined> {
  const { data } = JSON.parse(await get(`${PROMETHEUS_URL}/api/v1/targets?state=active`)) as {
    data: { activeTargets: { health: string }[] };
  };
  const targets = data.activeTargets;
  return targets.length > 0 && targets.every(({ health }) => health !== 'unknown')
    ? true
    : undefined;
}

/** Notes how late a timer is at most, and tells when the machine's clock was stepped. */
function watchClocks(
  evidence: ProofEvidence,
  onStep: (step: ClockStepped) => void,
): NodeJS.Timeout {
  let last = readClocks();
  return setInterval(() => {
    const now = readClocks();
    const lateMs = now.steady - last.steady - LAG_EVERY_MS;
    evidence.worstLagMs = Math.max(evidence.worstLagMs, lateMs);
    const stepMs = steppedBetween(last, now);
    if (stepMs !== 0) onStep(new ClockStepped(last.wall, stepMs));
    last = now;
  }, LAG_EVERY_MS);
}

function phaseText({ tracks, speed }: ProofPlan): string {
  return `proving ${tracks.length} ${tracks.length === 1 ? 'alert' : 'alerts'} at speed ${speed}`;
}
