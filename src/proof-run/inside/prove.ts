import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ClockStepped } from '../../lib/clocks.ts';
import { Disposal } from '../../lib/disposal.ts';
import { messageAndAdvice, messageOf } from '../../lib/errors.ts';
import { LagWatch } from '../../lib/lag-watch.ts';
import { moduleArguments } from '../../lib/start-module.ts';
import { sleepUntil, unlessAborted, until } from '../../lib/wait.ts';
import { PROOF_EVIDENCE_VERSION } from '../../model/proof-evidence.ts';
import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
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
  try {
    emit({ type: 'phase', text: 'starting the stack' });
    const { lags } = disposal.use(new LagWatch((step) => crash.abort(step)));
    disposal.defer(() => (evidence.worstLagMs = Math.max(0, ...lags.map(({ ms }) => ms))));
    const { exporter, runtime } = await unlessAborted(
      start(plan, request, evidence, disposal, crash, signal),
      signal,
    );
    const t0 = Date.now();
    exporter.send({ t0 });
    evidence.t0 = t0;
    // Who was late before has disturbed nothing.
    lags.length = 0;
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
    await Promise.all([
      changeDiscovery(plan.discovery, t0, signal),
      causeOutages(plan, t0, runtime, signal),
      sleepUntil(t0 + plan.lengthMs, signal),
    ]);
  } catch (error) {
    evidence.interruption = interruptionOf(signal.aborted ? signal.reason : error);
  }
  emit({ type: 'phase', text: 'collecting what was seen' });
  // Also of a run that was cut off: what was seen was seen.
  const isCollected = await collected(plan, evidence, request);
  const stepped: unknown = crash.signal.reason;
  // Who interrupts it while this is collected wants no verdict either.
  if (signal.aborted) evidence.interruption ??= interruptionOf(signal.reason);
  // Nothing is judged by what can't be known.
  if (!isCollected || stepped instanceof ClockStepped) forget(evidence);
  await disposal.dispose();
  // By the clock that nobody steps.
  evidence.endedAt = evidence.startedAt + Math.round(performance.now() - began);
  return evidence;
}

/** What was seen can't be compared with anything: no alert and no panel is judged by it. */
function forget(evidence: ProofEvidence): void {
  evidence.t0 = null;
  evidence.panels = [];
}

/** What is kept of whatever ends a proof, at the moment when it does. */
function interruptionOf(reason: unknown): ProofEvidence['interruption'] {
  return {
    at: reason instanceof ClockStepped ? reason.at : Date.now(),
    detail: messageAndAdvice(reason),
  };
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
    evidence.interruption ??= {
      at: Date.now(),
      detail: `what was seen can't be collected: ${messageOf(error)}`,
    };
    return false;
  }
}

/**
 * The evidence of a proof that begins now and has seen nothing yet.
 * @param versions of the programs, by their names
 */
export function emptyProofEvidence(versions: Record<string, string>): ProofEvidence {
  const now = Date.now();
  return {
    schemaVersion: PROOF_EVIDENCE_VERSION,
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
    scrapes: [],
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
  const module = fileURLToPath(new URL('exporter.ts', import.meta.url));
  const child = spawn(process.execPath, [...moduleArguments(module), runDir], {
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

function phaseText({ tracks, speed }: ProofPlan): string {
  return `proving ${tracks.length} ${tracks.length === 1 ? 'alert' : 'alerts'} at speed ${speed}`;
}
