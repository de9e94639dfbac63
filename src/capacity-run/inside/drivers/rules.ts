import { HarnessError, messageOf } from '../../../lib/errors.ts';
import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import { widestRangeMs } from '../../../promql/widest-range.ts';
import { sleepUntil } from '../../../lib/wait.ts';
import type { StepMeasurement, StepRequest } from '../../../model/capacity.ts';
import type { Figures } from '../../../model/figures.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';
import { Exporters } from '../monitoring/exporters-client.ts';
import { jobSeries } from '../monitoring/job-text.ts';
import { monitoringMeter } from '../monitoring/meter.ts';
import { PrometheusUnderLoad } from '../monitoring/prometheus.ts';
import {
  EVALUATED,
  clonedGroups,
  lightGroups,
  ruleText,
  stackGroups,
} from '../monitoring/rule-texts.ts';
import type { RuleGroup } from '../monitoring/rule-texts.ts';
import { scrapeIntervalMs } from '../monitoring/times.ts';
import { watchWindow } from '../monitoring/window.ts';

/** Prometheus hands out its targets 5 s after its start, whatever the speed. */
const DISCOVERY_MS = 5_000;
/**
 * An evaluation that is under way at the end of the window may take so many of its intervals until
 * it's seen.
 */
const AFTER_INTERVALS = 1;

/**
 * Rules, as many as the load says: the stack's own again and again, or light ones. Their series are
 * those that the contract promises, at their largest. At speed k each rule is evaluated k times as
 * often, and there are k times fewer.
 */
export async function rulesDriver(place: DriverPlace): Promise<DimensionDriver> {
  const { dimension, plan, signal } = place;
  const exporters = new Exporters(place);
  const prometheus = new PrometheusUnderLoad(place);
  const intervalMs = scrapeIntervalMs(plan);
  const own = stackGroups(plan);
  if (own.length === 0)
    throw new HarnessError('the stack has no rules', 'Another dimension can be looked at.');
  place.waitingFor('the exporters');
  await exporters.start(signal);
  const made = await exporters.load(
    { kind: 'jobs', jobs: jobsOf(place), metrics: plan.metrics },
    signal,
  );
  const first = made.find(({ job }) => job !== null);
  const some = jobSeries(first?.job ?? '', plan.metrics)[0]?.series[0];
  const groupsOf = (load: number): RuleGroup[] => {
    const rules = load / plan.speed;
    if (dimension.id === 'rules/light')
      return lightGroups(
        Math.round(rules),
        some ? `${some.name}{${some.labels}}` : 'vector(1)',
        formatDuration(intervalMs),
      );
    return clonedGroups(
      own,
      Math.max(1, Math.round(rules / own.reduce((sum, group) => sum + group.rules.length, 0))),
      formatDuration(intervalMs),
    );
  };
  const begin = async (): Promise<void> => {
    await prometheus.startAfresh({ exporters: made, rules: [] }, signal);
    // Windows have to be full: a rule over an empty one costs nothing.
    await prometheus.settled(1, DISCOVERY_MS, signal);
    await sleepUntil(
      Date.now() +
        DISCOVERY_MS +
        Math.max(...own.flatMap((group) => group.rules.map((rule) => widestRangeMs(rule.expr)))) +
        intervalMs,
      signal,
    );
  };
  place.waitingFor('windows of samples to be full');
  await begin();
  const meter = monitoringMeter(place);

  const step = async (request: StepRequest, stepSignal: AbortSignal): Promise<StepMeasurement> => {
    const base = {
      load: request.load,
      startedAt: Date.now(),
      warmUpMs: request.warmUpMs,
      measuredMs: request.measuredMs,
      parts: {},
    };
    if (prometheus.died() !== null) await begin();
    try {
      const groups = groupsOf(request.load);
      await prometheus.reload({ exporters: made, rules: [ruleText(groups)] }, stepSignal);
      await sleepUntil(Date.now() + request.warmUpMs, stepSignal);
      const fromMs = Date.now();
      const use = await watchWindow({
        prometheus,
        meter,
        fromMs,
        lengthMs: request.measuredMs,
        signal: stepSignal,
      });
      const slowestMs = Math.max(
        ...groups.map((group) => parseDurationMs(group.interval ?? '') ?? intervalMs),
      );
      await sleepUntil(fromMs + request.measuredMs + AFTER_INTERVALS * slowestMs, stepSignal);
      const evaluated = await evaluations(
        prometheus,
        groups,
        fromMs + request.measuredMs,
        request.measuredMs,
      );
      return {
        ...base,
        figures: { ...use.figures, ...evaluated },
        processes: use.processes,
        trouble: use.trouble,
      };
    } catch (error) {
      stepSignal.throwIfAborted();
      const died = prometheus.died();
      return {
        ...base,
        figures: {},
        processes: [],
        trouble:
          died === null
            ? { kind: 'hung', detail: `Prometheus: ${messageOf(error)}` }
            : { kind: 'died', detail: died },
      };
    }
  };
  return { step };
}

/** Jobs with metrics in the contract: their series are what rules look at. */
function jobsOf({ plan }: DriverPlace): string[] {
  return plan.jobs
    .map(({ name }) => name)
    .filter((name) => plan.metrics.some(({ jobs }) => jobs.includes(name)));
}

/**
 * The share of the rules' evaluations that were done, of those that were due in a window of whole
 * intervals. Each group writes a sample at each evaluation, with the time that it was due at:
 * Prometheus's own counter of missed ones isn't asked.
 */
async function evaluations(
  prometheus: PrometheusUnderLoad,
  groups: RuleGroup[],
  toMs: number,
  lengthMs: number,
): Promise<Figures> {
  const counts = await prometheus.api.instant(
    `sum by (interval, rules) (count_over_time(${EVALUATED}[${lengthMs}ms]))`,
    toMs,
  );
  const rulesOf = (group: RuleGroup): number => group.rules.length;
  const due = groups.reduce(
    (sum, group) =>
      sum + (rulesOf(group) * lengthMs) / (parseDurationMs(group.interval ?? '') ?? Infinity),
    0,
  );
  const done = counts.reduce((sum, { labels, value }) => sum + value * Number(labels['rules']), 0);
  return {
    ruleEvaluationsShare: done / due,
    offeredPerSecond: (1000 * due) / lengthMs,
    achievedPerSecond: (1000 * done) / lengthMs,
  };
}
