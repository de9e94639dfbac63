import { setMaxListeners } from 'node:events';
import { Disposal } from '../../lib/disposal.ts';
import { HarnessError, messageOf } from '../../lib/errors.ts';
import { ENGINE_ROOM, requireSpace } from '../../lib/space.ts';
import { sleepUntil, unlessAborted } from '../../lib/wait.ts';
import { EVIDENCE_VERSION } from '../../model/evidence.ts';
import type { Evidence, K6Evidence, TimelineEntry } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Outside, RunEvent, RunRequest } from '../events.ts';
import { keepBlocks } from './blocks.ts';
import type { Away } from './evaluations.ts';
import { lookIntoGrafana } from './grafana/index.ts';
import { PrometheusApi } from '../../lib/prometheus-api.ts';
import { WatchdogSilent, waitUntilReady } from './ready.ts';
import { recordPrometheus } from './record.ts';
import { startBackground } from './background.ts';
import { drive } from './stimuli/drive.ts';
import { RUNNING } from '../../technologies/run-registry.ts';
import { startWorld } from './world.ts';

const PROGRESS_EVERY_MS = 500;

/**
 * One execution of a plan, inside the run's namespaces. Always returns evidence: of what was seen until the end,
 * or until the interruption that it names.
 */
export async function run(
  plan: Plan,
  request: RunRequest,
  outerSignal: AbortSignal,
  emit: (event: RunEvent) => void,
  outside: Outside | null = null,
): Promise<Evidence> {
  const crash = new AbortController();
  const signal = AbortSignal.any([outerSignal, crash.signal]);
  // Everything that waits in a run listens to it: many are no leak.
  setMaxListeners(0, signal);
  const evidence = emptyEvidence(request);
  const disposal = new Disposal();
  const prometheusJob = plan.jobs.find((job) => job.component === 'prometheus');
  const prometheus = new PrometheusApi(`http://${prometheusJob?.target ?? 'prometheus:9090'}`);
  try {
    emit({ type: 'phase', text: 'starting the stack' });
    // Only from within a container can the engine's disk be seen: it may be another machine's.
    if (outside) await requireSpace(request.runDir, "the container engine's disk", ENGINE_ROOM);
    const world = await unlessAborted(
      startWorld(plan, request, {
        evidence,
        signal,
        crash,
        disposal,
        outside,
      }),
      signal,
    );
    const background = startBackground(request, signal, crash);
    const t0 = await waitUntilReady(plan, prometheus, evidence, signal, (what) =>
      emit({
        type: 'update',
        phase: 'starting the stack',
        doneMs: Date.now() - evidence.startedAt,
        totalMs: startOf(plan),
        waitingFor: what,
      }),
    );
    background.release(t0);
    world.control.release(t0);
    evidence.truth = world.truths.map(({ series }) => series);
    evidence.t0 = t0;
    evidence.lags = world.lagWatch.lags;
    evidence.lags.length = 0;
    evidence.wall.startupMs = t0 - evidence.startedAt;
    emit({
      type: 'phase',
      text:
        plan.tracks.length === 0
          ? `running a day of load at speed ${plan.speed}`
          : `running ${plan.tracks.length} ${plan.tracks.length === 1 ? 'track' : 'tracks'} at speed ${plan.speed}`,
    });
    const ticker = setInterval(() => emit(progress(plan, t0)), PROGRESS_EVERY_MS);
    disposal.defer(() => clearInterval(ticker));
    const record = (entry: TimelineEntry): void => {
      evidence.timeline.push(entry);
      emit({
        type: 'step',
        atMs: entry.at - t0,
        step: entry.step,
        signal: entry.signal,
        level: entry.level,
      });
    };
    const last = `component.${prometheusJob?.name ?? ''}`;
    const driving = drive(plan, t0, world, [last], signal, record);
    driving.catch((error: unknown) => crash.abort(error));
    const death = plan.signals[last]?.find((step) => step.level === 0);
    await Promise.all([driving, sleepUntil(t0 + (death?.atMs ?? plan.lengthMs), signal)]);
    Object.assign(
      evidence,
      await recordPrometheus(prometheus, plan, evidence.startedAt, t0, awayOf(evidence, last)),
    );
    await keepBlocks(prometheus, evidence, {
      job: prometheusJob?.name ?? '',
      runtime: world.runtime,
      signal,
    });
    evidence.grafana = await lookIntoGrafana(plan, request, {
      prometheus,
      t0,
      outside,
      signal,
      emit,
    });
    if (death) {
      const before = Date.now();
      await world.runtime.stop(prometheusJob?.name ?? '');
      record({
        step: death.step,
        signal: last,
        level: 0,
        plannedAt: t0 + death.atMs,
        at: before,
        doneAt: Date.now(),
      });
      // From its real death on: saving the evidence took its time.
      await sleepUntil(before + plan.lengthMs - death.atMs, signal);
    }
    evidence.wall.tracksMs = Date.now() - t0;
    await background.finished;
    evidence.k6 = await world.load.finished;
    evidence.timeline.push(...k6Timeline(plan, t0, evidence.k6));
    const account = evidence.k6;
    evidence.truth.push(
      ...RUNNING.flatMap(({ loadTruths }) => loadTruths?.(plan, t0, account) ?? []),
    );
  } catch (error) {
    evidence.interruption = interruptionOf(signal.aborted ? (signal.reason as unknown) : error);
    if (evidence.series.length === 0)
      Object.assign(
        evidence,
        await recordPrometheus(prometheus, plan, evidence.startedAt, evidence.t0),
      );
  }
  const stopping = Date.now();
  await disposal.dispose();
  evidence.endedAt = Date.now();
  evidence.wall.teardownMs = evidence.endedAt - stopping;
  return evidence;
}

/** The evidence of a run that has seen nothing yet. */
export function emptyEvidence(
  request: Pick<RunRequest, 'runId' | 'versions' | 'notJudged'>,
): Evidence {
  const now = Date.now();
  return {
    schemaVersion: EVIDENCE_VERSION,
    runId: request.runId,
    startedAt: now,
    t0: null,
    endedAt: now,
    interruption: null,
    timeline: [],
    notifications: [],
    deliveries: [],
    blocks: null,
    pushes: [],
    series: [],
    expressions: {},
    groups: [],
    queryErrors: [],
    metrics: [],
    metadata: [],
    answers: {},
    panels: {},
    variables: {},
    grafana: null,
    truth: [],
    k6: null,
    versions: request.versions,
    notJudged: request.notJudged,
    lags: [],
    wall: { startupMs: 0, tracksMs: 0, teardownMs: 0 },
  };
}

/** When Prometheus didn't run, by its component's signal. */
function awayOf({ timeline }: Evidence, signal: string): Away[] {
  const acts = timeline.filter((entry) => entry.signal === signal && entry.level !== 0.5);
  return acts.flatMap((entry, i): Away[] =>
    entry.level === 0 ? [[entry.at, acts[i + 1]?.doneAt ?? Infinity]] : [],
  );
}

function interruptionOf(reason: unknown): Evidence['interruption'] {
  const advice = reason instanceof HarnessError ? reason.advice : '';
  return {
    at: Date.now(),
    reason: reason instanceof WatchdogSilent ? 'watchdog-silent' : 'interrupted',
    detail: [messageOf(reason), advice].filter(Boolean).join('. '),
  };
}

function startOf(plan: Plan): number {
  return plan.criticalPath
    .filter((entry) => entry.name.startsWith('start'))
    .reduce((sum, entry) => sum + entry.ms, 0);
}

function progress(plan: Plan, t0: number): RunEvent {
  const nowMs = Date.now() - t0;
  const now = plan.tracks.flatMap((track) =>
    track.steps
      .filter((step) => step.startMs <= nowMs && nowMs < step.endMs)
      .map((step) => `${track.id} ${step.phase}`),
  );
  return {
    type: 'update',
    phase: 'running',
    doneMs: nowMs,
    totalMs: plan.lengthMs,
    waitingFor: now.join(', '),
  };
}

/** What k6 did, from its own account of the first act of each step. */
function k6Timeline(plan: Plan, t0: number, k6: K6Evidence): TimelineEntry[] {
  return Object.entries(plan.load.signals).flatMap(([signal, steps]) =>
    steps.flatMap((step) => {
      const done = k6.steps[step.step];
      return done
        ? [
            {
              step: step.step,
              signal,
              level: step.level,
              plannedAt: t0 + step.atMs,
              at: done.first,
              doneAt: done.first,
            },
          ]
        : [];
    }),
  );
}
