import { totalmem } from 'node:os';
import { sleepFor } from '../../../lib/wait.ts';
import type { ProcessUse, StepMeasurement, StepRequest } from '../../../model/capacity-step.ts';
import type { Figures } from '../../../model/figures.ts';
import { thingsOf } from '../../../technologies/offered.ts';
import { begunStep } from '../../measure/begun.ts';
import type { UseMeter } from '../../measure/use-meter.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';
import { Exporters } from '../monitoring/exporters-client.ts';
import type { Exporter, ExportersLoad } from '../monitoring/exporters-protocol.ts';
import { monitoringMeter } from '../monitoring/meter.ts';
import { whyNoAnswer } from '../monitoring/no-answer.ts';
import { PrometheusUnderLoad } from '../monitoring/prometheus.ts';
import { scrapeFigures } from '../monitoring/scraped.ts';
import { scrapeIntervalMs } from '../monitoring/times.ts';
import { watchWindow } from '../monitoring/window.ts';

/** A small exporter's series. */
const SERIES_PER_TARGET = 25;
/**
 * Prometheus hands out its targets 5 s after its start (discovery/manager.go, `updatert`), whatever
 * the speed.
 */
const DISCOVERY_MS = 5_000;
/**
 * Making a head's series takes longer than adding to them: so many intervals it may take before the
 * warm-up begins.
 */
const SETTLE_INTERVALS = 12;
/** Share of the series that must be there. */
const SETTLED = 0.99;

/**
 * Targets, or things that targets tell of, as many as the load says, scraped by the real Prometheus
 * with the stack's own rules.
 * At speed k the intervals are k times shorter and the series k times fewer: as many samples a
 * second, sooner measured.
 */
export async function targetsDriver(place: DriverPlace): Promise<DimensionDriver> {
  const { plan, signal } = place;
  const exporters = new Exporters(place);
  const prometheus = new PrometheusUnderLoad(place);
  const intervalMs = scrapeIntervalMs(plan);
  place.waitingFor('the exporters');
  await exporters.start(signal);
  const meter = monitoringMeter(place);

  const step = async (request: StepRequest, stepSignal: AbortSignal): Promise<StepMeasurement> => {
    const begun = begunStep(request);
    await prometheus.stop();
    const made = await exporters.load(loadOf(place, request.load), stepSignal);
    const times = targetsAtRealTime(place, request.load) / made.length;
    const world = { place, exporters, prometheus, meter, made, intervalMs };
    try {
      const use = await measure(world, request, stepSignal);
      const figures = { ...use.figures, ...filesAtRealTime(use.processes, times) };
      return { ...begun, ...use, figures };
    } catch (error) {
      stepSignal.throwIfAborted();
      const trouble = whyNoAnswer(prometheus, error);
      // A Prometheus without file handles can't be asked any more, and /proc still tells of them.
      const figures = filesAtRealTime(meter.end().processes, times);
      return { ...begun, figures, processes: [], trouble };
    }
  };
  return { step };
}

/** What is scraped in one step, and by whom. */
interface ScrapedWorld {
  place: DriverPlace;
  exporters: Exporters;
  prometheus: PrometheusUnderLoad;
  meter: UseMeter;
  made: Exporter[];
  intervalMs: number;
}

/** A fresh Prometheus over the exporters, watched for one window once their series are there. */
async function measure(
  { place, exporters, prometheus, meter, made, intervalMs }: ScrapedWorld,
  { warmUpMs, measuredMs: lengthMs }: StepRequest,
  signal: AbortSignal,
): Promise<Pick<StepMeasurement, 'figures' | 'processes' | 'trouble'>> {
  await prometheus.startAfresh({ exporters: made, rules: [] }, signal);
  const series = made.reduce((sum, each) => sum + each.series, 0);
  const settleMs = DISCOVERY_MS + SETTLE_INTERVALS * intervalMs;
  await prometheus.settled(SETTLED * series, settleMs, signal);
  await sleepFor(warmUpMs, signal);
  const fromMs = await exporters.quiet(Date.now(), intervalMs / 2, intervalMs);
  const use = await watchWindow({ prometheus, meter, fromMs, lengthMs, signal });
  // What was under way at the end has come by then, or timed out.
  await sleepFor(intervalMs / 2, signal);
  const window = { fromMs, lengthMs, intervalMs };
  const scraped = await scrapeFigures(made, window, exporters, prometheus.api);
  const memory = memoryAtRealTime(use.figures, place.plan.speed);
  return { ...use, figures: { ...scraped, ...use.figures, ...memory } };
}

/**
 * The machine's memory as it would be used at real time, when there are `speed` times as many
 * series: Prometheus's memory grows with them. What it takes without any is counted so often too,
 * which is little and on the safe side.
 */
export function memoryAtRealTime(
  { machineMemoryShare: share, subjectMemoryBytes: bytes }: Figures,
  speed: number,
): Figures {
  return share === undefined || bytes === undefined
    ? {}
    : { machineMemoryShare: share + ((speed - 1) * bytes) / totalmem() };
}

/**
 * Share of its open files that Prometheus would use at real time: it keeps a connection to each
 * target. Empty where the kernel doesn't tell.
 */
export function filesAtRealTime(processes: ProcessUse[], times: number): Figures {
  const prometheus = processes.find(({ role }) => role === 'subject');
  return !prometheus || prometheus.openFiles === null || prometheus.openFilesLimit === null
    ? {}
    : { openFilesShare: (prometheus.openFiles * times) / prometheus.openFilesLimit };
}

function targetsAtRealTime({ dimension }: DriverPlace, load: number): number {
  const offered = thingsOf(dimension);
  return offered ? Math.ceil(load / offered.perTarget) : load;
}

function loadOf({ dimension, plan }: DriverPlace, load: number): ExportersLoad {
  const offered = thingsOf(dimension);
  if (!offered)
    return {
      kind: 'targets',
      targets: Math.max(1, Math.round(load / plan.speed)),
      seriesPerTarget: SERIES_PER_TARGET,
    };
  // As many targets as at real time, with the k-th part of their things each.
  const count = Math.max(1, Math.round(load / plan.speed));
  return {
    kind: 'things',
    things: offered.things,
    count,
    targets: Math.min(count, Math.ceil(load / offered.perTarget)),
  };
}
