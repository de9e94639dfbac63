import { COMPONENT, actsOn } from '../../lib/components.ts';
import { componentSignal } from '../../lib/plan-names.ts';
import { sleepUntil } from '../../lib/wait.ts';
import { GRAFANA } from '../../model/containers.ts';
import type { Evidence, TimelineEntry } from '../../model/evidence.ts';
import type { SignalStep } from '../../model/track.ts';
import { keepBlocks } from './blocks.ts';
import type { Away } from './evaluations.ts';
import { lookIntoGrafana } from './grafana/index.ts';
import { askOriginals } from './originals.ts';
import { progress } from './progress.ts';
import { recordPrometheus } from './record.ts';
import type { Execution } from './execution.ts';
import { drive } from './stimuli/drive.ts';
import type { World } from './world.ts';

const PROGRESS_EVERY_MS = 500;

/**
 * Does to the world what the plan says, and saves what Prometheus and Grafana know before
 * Prometheus itself is stopped.
 * @param t0 epoch ms
 */
export async function runTracks(execution: Execution, world: World, t0: number): Promise<void> {
  const { plan, evidence, signal, crash, disposal, emit } = execution;
  emit({ type: 'phase', text: phaseText(execution) });
  const ticker = setInterval(() => emit(progress(plan, t0)), PROGRESS_EVERY_MS);
  disposal.defer(() => clearInterval(ticker));
  const record = (entry: TimelineEntry): void => {
    const { at, step, signal: name, level } = entry;
    evidence.timeline.push(entry);
    emit({ type: 'step', atMs: at - t0, step, signal: name, level });
  };
  const last = componentSignal(execution.prometheusJob);
  const driving = drive(plan, [last], { t0, world, signal, record });
  driving.catch((error: unknown) => crash.abort(error));
  const death = plan.signals[last]?.find((step) => step.level === COMPONENT.stopped);
  await Promise.all([driving, sleepUntil(t0 + (death?.atMs ?? plan.lengthMs), signal)]);
  await save(execution, world, t0, awayOf(evidence, execution.prometheusJob));
  if (death) await stopPrometheus(execution, world, { t0, death, name: last, record });
}

function phaseText({ plan: { tracks, speed } }: Execution): string {
  return tracks.length === 0
    ? `running a day of load at speed ${speed}`
    : `running ${tracks.length} ${tracks.length === 1 ? 'track' : 'tracks'} at speed ${speed}`;
}

/** What Prometheus has stored, its blocks, and what Grafana and the real programs say. */
async function save(
  { plan, request, evidence, prometheus, prometheusJob: job, signal, emit, outside }: Execution,
  { runtime, originals }: World,
  t0: number,
  away: Away[],
): Promise<void> {
  const recorded = { fromMs: evidence.startedAt, toMs: undefined, t0, away };
  Object.assign(evidence, await recordPrometheus(prometheus, plan, recorded));
  await keepBlocks(prometheus, evidence, { job, runtime, signal });
  if (originals.length > 0) evidence.originals = await askOriginals(originals, outside, signal);
  evidence.grafana = await lookIntoGrafana(plan, request, {
    prometheus,
    t0,
    outside,
    signal,
    emit,
  });
  // Its own word, not its image's.
  const version = evidence.grafana?.health?.version;
  if (version) evidence.versions = { ...evidence.versions, [GRAFANA.service]: version };
}

/** The death that the plan has for Prometheus, and what the plan has after it. */
async function stopPrometheus(
  { plan, prometheusJob, signal }: Execution,
  { runtime }: World,
  stop: {
    t0: number;
    death: SignalStep;
    /** Name of its signal. */
    name: string;
    record: (entry: TimelineEntry) => void;
  },
): Promise<void> {
  const { t0, death, name, record } = stop;
  const at = Date.now();
  await runtime.stop(prometheusJob);
  const plannedAt = t0 + death.atMs;
  record({
    step: death.step,
    signal: name,
    level: COMPONENT.stopped,
    plannedAt,
    at,
    doneAt: Date.now(),
  });
  // From its real death on: saving the evidence took its time.
  await sleepUntil(at + plan.lengthMs - death.atMs, signal);
}

/** When the component of Prometheus's job didn't run. */
function awayOf({ timeline }: Evidence, job: string): Away[] {
  const acts = actsOn(timeline, job).filter(({ level }) => level !== COMPONENT.frozen);
  return acts.flatMap((entry, i): Away[] =>
    entry.level === COMPONENT.stopped ? [[entry.at, acts[i + 1]?.doneAt ?? Infinity]] : [],
  );
}
