import { setMaxListeners } from 'node:events';
import { ClockStepped } from '../../lib/clocks.ts';
import { Disposal } from '../../lib/disposal.ts';
import { messageAndAdvice } from '../../lib/errors.ts';
import { PrometheusApi } from '../../lib/prometheus-api.ts';
import { ENGINE_ROOM, requireSpace } from '../../lib/space.ts';
import { unlessAborted } from '../../lib/wait.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { RUNNING_TECHNOLOGIES } from '../../technologies/run-registry.ts';
import type { Outside, RunEvent, RunRequest } from '../events.ts';
import { startBackground } from './background.ts';
import { emptyEvidence } from './empty-evidence.ts';
import type { Execution } from './execution.ts';
import { k6Timeline } from './k6-timeline.ts';
import { startOf } from './progress.ts';
import { WatchdogSilent, waitUntilReady } from './ready.ts';
import { recordInterrupted } from './record.ts';
import { runTracks } from './tracks.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';

/**
 * One execution of a plan, inside the run's namespaces. Always returns evidence: of what was seen
 * until the end, or until the interruption that it names.
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
  const began = performance.now();
  const disposal = new Disposal();
  const job = plan.jobs.find(({ component }) => component === 'prometheus');
  const prometheus = new PrometheusApi(`http://${job?.target ?? 'prometheus:9090'}`);
  const prometheusJob = job?.name ?? '';
  try {
    await execute({
      ...{ plan, request, evidence, prometheus, prometheusJob },
      ...{ signal, crash, disposal, emit, outside },
    });
  } catch (error) {
    const reason = signal.aborted ? (signal.reason as unknown) : error;
    evidence.interruption = interruptionOf(reason);
    const steppedAt = reason instanceof ClockStepped ? reason.at : undefined;
    await recordInterrupted(prometheus, plan, evidence, steppedAt);
  }
  const stopping = performance.now();
  await disposal.dispose();
  // By the clock that nobody steps.
  evidence.endedAt = evidence.startedAt + Math.round(performance.now() - began);
  evidence.wall.teardownMs = Math.round(performance.now() - stopping);
  return evidence;
}

/** Brings the world up, runs the tracks from T0 on, and adds what k6 knows at last. */
async function execute(execution: Execution): Promise<void> {
  const { plan, request, evidence, signal, crash, disposal, emit, outside } = execution;
  emit({ type: 'phase', text: 'starting the stack' });
  // Only from within a container can the engine's disk be seen: it may be another machine's.
  if (outside) await requireSpace(request.runDir, "the container engine's disk", ENGINE_ROOM);
  const world = await unlessAborted(
    startWorld(plan, request, {
      ...{ evidence, signal, crash, disposal, outside },
      onClockStep: (step) => crash.abort(step),
    }),
    signal,
  );
  const background = startBackground(request, signal, crash);
  const t0 = await begin(execution, world);
  background.release(t0);
  world.control.release(t0);
  await runTracks(execution, world, t0);
  signal.throwIfAborted();
  evidence.wall.tracksMs = Date.now() - t0;
  await background.finished;
  const k6 = await world.load.finished;
  evidence.k6 = k6;
  evidence.timeline.push(...k6Timeline(plan, t0, k6));
  evidence.truth.push(
    ...RUNNING_TECHNOLOGIES.flatMap(({ loadTruths }) => loadTruths?.(plan, t0, k6) ?? []),
  );
}

/** Waits until the plan can begin, and from then on keeps what is seen; T0, epoch ms. */
async function begin(
  { plan, evidence, prometheus, signal, emit }: Execution,
  world: World,
): Promise<number> {
  const t0 = await waitUntilReady(plan, prometheus, evidence, signal, (what, withinMs) =>
    emit({
      type: 'update',
      phase: 'starting the stack',
      doneMs: Date.now() - evidence.startedAt,
      totalMs: startOf(plan),
      waitingFor: what,
      withinMs,
    }),
  );
  evidence.truth = world.truths.map(({ series }) => series);
  evidence.t0 = t0;
  evidence.lags = world.lagWatch.lags;
  evidence.lags.length = 0;
  evidence.wall.startupMs = t0 - evidence.startedAt;
  return t0;
}

function interruptionOf(reason: unknown): Evidence['interruption'] {
  return {
    at: reason instanceof ClockStepped ? reason.at : Date.now(),
    reason: reason instanceof WatchdogSilent ? 'watchdog-silent' : 'interrupted',
    detail: messageAndAdvice(reason),
  };
}
