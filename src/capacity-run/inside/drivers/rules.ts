import { HarnessError } from '../../../lib/errors.ts';
import { formatDuration, parseDurationMs } from '../../../lib/duration.ts';
import { widestRangeMs } from '../../../promql/widest-range.ts';
import { sleepFor } from '../../../lib/wait.ts';
import type { StepMeasurement, StepRequest } from '../../../model/capacity-step.ts';
import type { Figures } from '../../../model/figures.ts';
import { begunStep } from '../../measure/begun.ts';
import type { UseMeter } from '../../measure/use-meter.ts';
import type { DimensionDriver, DriverPlace } from '../driver.ts';
import { Exporters } from '../monitoring/exporters-client.ts';
import type { Exporter } from '../monitoring/exporters-protocol.ts';
import { jobSeries } from '../monitoring/job-text.ts';
import { monitoringMeter } from '../monitoring/meter.ts';
import { whyNoAnswer } from '../monitoring/no-answer.ts';
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
  const { plan, signal } = place;
  const exporters = new Exporters(place);
  const prometheus = new PrometheusUnderLoad(place);
  const own = stackGroups(plan);
  if (own.length === 0)
    throw new HarnessError('the stack has no rules', 'Another dimension can be looked at.');
  place.waitingFor('the exporters');
  await exporters.start(signal);
  const made = await exporters.load(
    { kind: 'jobs', jobs: jobsOf(place), metrics: plan.metrics },
    signal,
  );
  const rules = { place, prometheus, made, own, intervalMs: scrapeIntervalMs(plan) };
  place.waitingFor('windows of samples to be full');
  await fillWindows(rules);
  const meter = monitoringMeter(place);
  return {
    step: async (request, stepSignal) => {
      const begun = begunStep(request);
      if (prometheus.died() !== null) await fillWindows(rules);
      try {
        return { ...begun, ...(await measure(rules, meter, request, stepSignal)) };
      } catch (error) {
        stepSignal.throwIfAborted();
        const trouble = whyNoAnswer(prometheus, error);
        return { ...begun, figures: {}, processes: [], trouble };
      }
    },
  };
}

/** The world in which rules are evaluated. */
interface RulesWorld {
  place: DriverPlace;
  prometheus: PrometheusUnderLoad;
  /** The exporters that are scraped. */
  made: Exporter[];
  /** The stack's own groups. */
  own: RuleGroup[];
  /** Between scrapes, and between evaluations. */
  intervalMs: number;
}

/** Windows have to be full: a rule over an empty one costs nothing. */
async function fillWindows({
  place: { signal },
  prometheus,
  made,
  own,
  intervalMs,
}: RulesWorld): Promise<void> {
  await prometheus.startAfresh({ exporters: made, rules: [] }, signal);
  await prometheus.settled(1, DISCOVERY_MS, signal);
  const ranges = own.flatMap((group) => group.rules.map((rule) => widestRangeMs(rule.expr)));
  await sleepFor(DISCOVERY_MS + Math.max(...ranges) + intervalMs, signal);
}

/** As many rules as the load says, at the dimension's speed. */
function groupsAt({ place, made, own, intervalMs }: RulesWorld, load: number): RuleGroup[] {
  const rules = load / place.plan.speed;
  const interval = formatDuration(intervalMs);
  if (place.dimension.id === 'rules/light') {
    const first = made.find(({ job }) => job !== null);
    const some = jobSeries(first?.job ?? '', place.plan.metrics)[0]?.series[0];
    const expr = some ? `${some.name}{${some.labels}}` : 'vector(1)';
    return lightGroups(Math.round(rules), expr, interval);
  }
  const ownRules = own.reduce((sum, group) => sum + group.rules.length, 0);
  return clonedGroups(own, Math.max(1, Math.round(rules / ownRules)), interval);
}

async function measure(
  world: RulesWorld,
  meter: UseMeter,
  { load, warmUpMs, measuredMs }: StepRequest,
  signal: AbortSignal,
): Promise<Pick<StepMeasurement, 'figures' | 'processes' | 'trouble'>> {
  const { prometheus, made, intervalMs } = world;
  const groups = groupsAt(world, load);
  await prometheus.reload({ exporters: made, rules: [ruleText(groups)] }, signal);
  await sleepFor(warmUpMs, signal);
  const fromMs = Date.now();
  const use = await watchWindow({ prometheus, meter, fromMs, lengthMs: measuredMs, signal });
  const slowestMs = Math.max(
    ...groups.map((group) => parseDurationMs(group.interval ?? '') ?? intervalMs),
  );
  await sleepFor(AFTER_INTERVALS * slowestMs, signal);
  const evaluated = await evaluations(prometheus, groups, fromMs + measuredMs, measuredMs);
  return { ...use, figures: { ...use.figures, ...evaluated } };
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
