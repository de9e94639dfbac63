import { sleepFor } from '../../../lib/wait.ts';
import type { Figures } from '../../../model/figures.ts';
import type { ProcessUse, StepMeasurement } from '../../../model/capacity-step.ts';
import type { UseMeter } from '../../measure/use-meter.ts';
import type { OwnMetrics } from './own-metrics.ts';
import type { PrometheusUnderLoad } from './prometheus.ts';

/**
 * How often Prometheus is asked for its own metrics meanwhile, ms: the longest evaluation has to be
 * seen, and the asking costs.
 */
const LOOK_EVERY_MS = 1_000;
/**
 * Above this share of its one core the exporters' process is the limit, and not who is scraped by…
 */
const MOST_OF_A_CORE = 0.95;
/** Likewise of the files that it may have open: a connection each. */
const MOST_OF_FILES = 0.98;

export interface WindowOptions {
  prometheus: PrometheusUnderLoad;
  meter: UseMeter;
  /** Epoch ms. */
  fromMs: number;
  lengthMs: number;
  signal: AbortSignal;
}

export interface WindowUse {
  figures: Figures;
  processes: ProcessUse[];
  trouble: StepMeasurement['trouble'];
}

/**
 * Watches one window: who used the machine, and what Prometheus's own metrics say from its
 * beginning to its end.
 */
export async function watchWindow({
  prometheus,
  meter,
  fromMs,
  lengthMs,
  signal,
}: WindowOptions): Promise<WindowUse> {
  // By the clock that nobody sets: a step of the other would end the window, or never let it end.
  const begin = performance.now() + fromMs - Date.now();
  const reach = (at: number): Promise<void> =>
    sleepFor(Math.max(0, at - performance.now()), signal);
  await reach(begin);
  meter.begin();
  const looks: OwnMetrics[] = [];
  for (let at = begin; ; at = Math.min(begin + lengthMs, at + LOOK_EVERY_MS)) {
    await reach(at);
    looks.push(await prometheus.ownMetrics());
    if (at >= begin + lengthMs) break;
    // A Prometheus that is slow to answer is asked less often.
    at = Math.max(at, performance.now() - LOOK_EVERY_MS);
  }
  const use = meter.end();
  return {
    figures: { ...use.figures, ...ownFigures(looks) },
    processes: use.processes,
    trouble: exporterTrouble(use.processes),
  };
}

/** What Prometheus's own metrics say of the time between the first look and the last. */
export function ownFigures(looks: OwnMetrics[]): Figures {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) return {};
  const seconds = (last.atMs - first.atMs) / 1000;
  const grown = (name: string): number | undefined => {
    const [from, to] = [first.sum(name), last.sum(name)];
    return from === undefined || to === undefined || to < from ? undefined : to - from;
  };
  const intervals = new Map(
    last.each('prometheus_rule_group_interval_seconds').map(({ labels, value }) => [labels, value]),
  );
  const durations = looks
    .flatMap((look) => look.each('prometheus_rule_group_last_duration_seconds'))
    .filter(({ value }) => !Number.isNaN(value));
  const shares = durations.flatMap(({ labels, value }) =>
    intervals.has(labels) ? [value / (intervals.get(labels) ?? Infinity)] : [],
  );
  const [appended, missed, series] = [
    grown('prometheus_tsdb_head_samples_appended_total'),
    grown('prometheus_rule_group_iterations_missed_total'),
    last.sum('prometheus_tsdb_head_series'),
  ];
  return {
    ...(appended === undefined || seconds <= 0 ? {} : { samplesPerSecond: appended / seconds }),
    ...(series === undefined ? {} : { headSeries: series }),
    ...(missed === undefined ? {} : { iterationsMissed: missed }),
    ...(durations.length === 0
      ? {}
      : { ruleEvaluationSeconds: most(durations.map(({ value }) => value)) }),
    ...(shares.length === 0 ? {} : { ruleShareOfInterval: most(shares) }),
  };
}

/** The largest of many numbers: too many for arguments. */
export function most(numbers: number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** The exporters stand for thousands of machines, and mustn't be what gives out. */
function exporterTrouble(processes: ProcessUse[]): StepMeasurement['trouble'] {
  const exporters = processes.find(
    ({ role, cpuLimitCores }) => role === 'generator' && cpuLimitCores === 1,
  );
  if (!exporters) return null;
  const { cpuCores, openFiles, openFilesLimit } = exporters;
  const used =
    cpuCores >= MOST_OF_A_CORE
      ? `used ${cpuCores.toFixed(2)} of the one core that it can use`
      : openFiles !== null && openFilesLimit !== null && openFiles >= MOST_OF_FILES * openFilesLimit
        ? `has ${openFiles} of the ${openFilesLimit} files open that it may`
        : null;
  return used === null
    ? null
    : {
        kind: 'harness',
        detail: `the process that stands for everything that is scraped ${used}: Prometheus waited for it`,
      };
}
