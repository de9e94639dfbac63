import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposal } from '../../lib/disposal.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { sleepUntil } from '../../lib/wait.ts';
import type { Evidence, K6Evidence, Notification, TimelineEntry } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { RunEvent, RunRequest } from '../events.ts';
import { addresses } from '../addresses.ts';
import { backingComponents, scrapedComponents } from './components/index.ts';
import { startControl } from './control.ts';
import { startLoad } from './load.ts';
import { SECRETS, SMTP_USER } from '../prepare.ts';
import { PrometheusApi } from './prometheus-api.ts';
import { WatchdogSilent, waitUntilReady } from './ready.ts';
import { recordPrometheus } from './record.ts';
import { slackSink, webhookSink } from './sinks/http-sinks.ts';
import { smtpSink } from './sinks/smtp.ts';
import { makeCertificate } from './sinks/tls.ts';
import { drive } from './stimuli/drive.ts';
import { SyntheticHost } from './stimuli/host.ts';
import { Supervisor } from './supervisor.ts';

const K6_WITHIN_MS = 30_000;

/**
 * One execution of a plan, inside the run's namespaces. Always returns evidence: of what was seen until the end,
 * or until the interruption that it names.
 */
export async function run(plan: Plan, request: RunRequest, outerSignal: AbortSignal, emit: (event: RunEvent) => void): Promise<Evidence> {
  const startedAt = Date.now();
  const crash = new AbortController();
  const signal = AbortSignal.any([outerSignal, crash.signal]);
  const notifications: Notification[] = [];
  const timeline: TimelineEntry[] = [];
  const evidence: Evidence = {
    schemaVersion: 1, runId: request.runId, startedAt, t0: null, endedAt: startedAt, interruption: null, timeline, notifications,
    series: [], expressions: {}, groups: [], queryErrors: [], k6: null, versions: request.versions, lags: [],
    wall: { startupMs: 0, tracksMs: 0, teardownMs: 0 },
  };
  const place = { plan, runDir: request.runDir, projectDir: request.projectDir, addresses: addresses(plan) };
  const supervisor = new Supervisor(join(request.runDir, 'logs'), (error) => crash.abort(error));
  const prometheusJob = plan.jobs.find((job) => job.component === 'prometheus');
  const prometheus = new PrometheusApi(`http://${prometheusJob?.target ?? 'prometheus:9090'}`);
  const host = new SyntheticHost(join(request.runDir, 'host'), plan.speed);
  const disposal = new Disposal();
  disposal.defer(() => supervisor.stopAll());
  const record = (entry: TimelineEntry): void => void timeline.push(entry);
  try {
    const ip = (name: string): string => place.addresses[name] ?? '127.0.0.1';
    const names = plan.alerts.map((alert) => alert.alert);
    const received = (n: Notification): void => void notifications.push(n);
    emit({ type: 'phase', text: 'starting the stack' });
    disposal.use(host);
    const components = scrapedComponents(place);
    const [password, tls, control] = await Promise.all([
      readFile(join('/', SECRETS, 'smtp_password'), 'utf8'),
      makeCertificate(join(request.runDir, 'tls'), ['smtp', 'slack']),
      startControl(ip('control')),
      host.start({ cpu: first(plan, 'host-cpu', 0.2), memory: first(plan, 'host-memory', 0.4), diskFree: first(plan, 'disk-free', 0.6) }),
    ]);
    disposal.use(control);
    for (const sink of await Promise.all([slackSink(ip('slack'), tls, names, received), smtpSink(ip('smtp'), tls, { user: SMTP_USER, password }, names, received), webhookSink(ip('deadman'), received)])) disposal.use(sink);
    const start = (name: string): Promise<void> => {
      const component = components[name];
      if (!component) throw new Error(`no component for job ${name}`);
      return supervisor.start(component, signal);
    };
    // Prometheus hands out its targets 5 s after its start whatever else happens: it begins first, all others beside it.
    const starting = Promise.all([...plan.jobs.map((job) => start(job.name)), ...backingComponents(place).map((c) => supervisor.start(c, signal))]);
    starting.catch((error: unknown) => crash.abort(error));
    const load = await startLoad(request.k6, plan, request.runDir, request.projectDir);
    disposal.defer(() => load.stop());
    load.finished.catch((error: unknown) => crash.abort(error));
    await starting;
    await Promise.race([control.waiting, sleepUntil(Date.now() + K6_WITHIN_MS, signal).then(() => Promise.reject(new HarnessError(`k6 didn't begin within ${K6_WITHIN_MS / 1000} s`, 'Its output is in logs/k6.log.')))]);
    const t0 = await waitUntilReady(plan, prometheus, notifications, signal, (what) => emit({ type: 'update', phase: 'starting the stack', doneMs: Date.now() - startedAt, totalMs: startOf(plan), waitingFor: what }));
    control.release(t0);
    evidence.t0 = t0;
    host.lags.length = 0;
    evidence.wall.startupMs = t0 - startedAt;
    emit({ type: 'phase', text: `running ${plan.tracks.length} tracks at speed ${plan.speed}` });
    const ticker = setInterval(() => emit(progress(plan, t0)), 500);
    disposal.defer(() => clearInterval(ticker));
    const last = `component.${prometheusJob?.name ?? ''}`;
    const driving = drive(plan, t0, { host, supervisor, components }, [last], signal, record);
    driving.catch((error: unknown) => crash.abort(error));
    const death = plan.signals[last]?.find((step) => step.level === 0);
    await Promise.all([driving, sleepUntil(t0 + (death?.atMs ?? plan.lengthMs), signal)]);
    Object.assign(evidence, await recordPrometheus(prometheus, plan, startedAt));
    if (death) {
      const before = Date.now();
      await supervisor.stop(prometheusJob?.name ?? '');
      record({ step: death.step, signal: last, level: 0, plannedAt: t0 + death.atMs, at: before });
      // From its real death on: saving the evidence took its time.
      await sleepUntil(before + plan.lengthMs - death.atMs, signal);
    }
    evidence.wall.tracksMs = Date.now() - t0;
    evidence.k6 = await load.finished;
    timeline.push(...k6Timeline(plan, t0, evidence.k6));
  } catch (error) {
    const reason = signal.aborted ? (signal.reason as unknown) : error;
    evidence.interruption = { at: Date.now(), reason: reason instanceof WatchdogSilent ? 'watchdog-silent' : 'interrupted', detail: [messageOf(reason), reason instanceof HarnessError ? reason.advice : ''].filter(Boolean).join(' ') };
    if (evidence.series.length === 0) Object.assign(evidence, await recordPrometheus(prometheus, plan, startedAt));
  }
  const stopping = Date.now();
  await disposal.dispose();
  evidence.lags = host.lags;
  evidence.endedAt = Date.now();
  evidence.wall.teardownMs = evidence.endedAt - stopping;
  return evidence;
}

function first(plan: Plan, signal: string, otherwise: number): number {
  return plan.signals[signal]?.[0]?.level ?? otherwise;
}

function startOf(plan: Plan): number {
  return plan.criticalPath.filter((entry) => entry.name.startsWith('start')).reduce((sum, entry) => sum + entry.ms, 0);
}

function progress(plan: Plan, t0: number): RunEvent {
  const nowMs = Date.now() - t0;
  const now = plan.tracks.flatMap((track) => track.steps.filter((step) => step.startMs <= nowMs && nowMs < step.endMs).map((step) => `${track.id} ${step.phase}`));
  return { type: 'update', phase: 'running', doneMs: nowMs, totalMs: plan.lengthMs, waitingFor: now.join(', ') };
}

/** What k6 did, from its own account of the first act of each step. */
function k6Timeline(plan: Plan, t0: number, k6: K6Evidence): TimelineEntry[] {
  return Object.entries(plan.load.signals).flatMap(([signal, steps]) =>
    steps.flatMap((step) => {
      const done = k6.steps[step.step];
      return done ? [{ step: step.step, signal, level: step.level, plannedAt: t0 + step.atMs, at: done.first }] : [];
    }),
  );
}
