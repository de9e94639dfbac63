import { componentSignal } from '../../lib/plan-names.ts';
import type { Evidence, Series, TimelineEntry, TruthSeries } from '../../model/evidence.ts';
import type { FindingOf } from '../../model/expectation-kinds.ts';
import type {
  Expectation,
  MetricExpectation,
  MetricSubject,
  WithoutSubject,
} from '../../model/expectation.ts';
import type { Finding } from '../../model/finding.ts';
import type { MetricPlan } from '../../model/metric-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { unjudged } from '../unjudged.ts';

const OF_A_HISTOGRAM = /_(bucket|count|sum)$/;
const ADDED = ['__name__', 'job', 'instance', 'le'];

/** Everything the judgement of one metric at one job needs. */
export interface MetricContext {
  plan: Plan;
  evidence: Evidence;
  t0: number;
  metric: MetricPlan;
  job: string;
  /** Its series at this job: of a histogram those of `_count`. */
  series: Series[];
  /** All of them, a histogram's buckets and sum too. */
  all: Series[];
  /**
   * Stretches in which the job's component was frozen, stopped or just coming back, epoch ms: its
   * samples tell of then, not of now.
   */
  unsteady: [number, number][];
}

/** A component that is back needs this long until everybody has found it again, ms. */
const BACK_MS = 2_500;
/** A component that was frozen catches up within this, ms. */
const THAWED_MS = 1_000;

/** One context for each metric and each job that should export it. */
export function metricContexts(plan: Plan, evidence: Evidence, t0: number): MetricContext[] {
  return plan.metrics
    .filter((metric) => metric.selected)
    .flatMap((metric) =>
      metric.jobs.map((job) => {
        const all = evidence.metrics.filter((s) => s.labels['job'] === job && belongs(s, metric));
        return {
          plan,
          evidence,
          t0,
          metric,
          job,
          all,
          series:
            metric.type === 'histogram'
              ? all.filter((s) => s.labels['__name__'] === `${metric.name}_count`)
              : all,
          unsteady: unsteadyOf(evidence, job, truthsOf(evidence, [metric], job)),
        };
      }),
    );
}

/** Whether a series is one of this metric. */
export function belongs(series: Series, metric: MetricPlan): boolean {
  const name = series.labels['__name__'] ?? '';
  return metric.type === 'histogram'
    ? name.replace(OF_A_HISTOGRAM, '') === metric.name && name !== metric.name
    : name === metric.name;
}

/** What is known from outside of these metrics at a job. */
export function truthsOf(evidence: Evidence, metrics: MetricPlan[], job: string): TruthSeries[] {
  const names = new Set(metrics.filter((m) => m.jobs.includes(job)).map((m) => m.name));
  return evidence.truth.filter(
    (truth) => names.has(truth.metric) && (truth.labels['job'] ?? job) === job,
  );
}

/**
 * What was done to the job's component, as stretches of time. Each lasts until what is known from
 * outside of its values has been set again: on a busy machine whoever sets them finds the component
 * later than the harness does.
 * @param truths what is known of the metrics that are looked at
 */
export function unsteadyOf(
  evidence: Evidence,
  job: string,
  truths: TruthSeries[],
): [number, number][] {
  return stepsDown(evidence, job).map(([step, back]): [number, number] => {
    if (!back) return [step.at, Infinity];
    const untilMs = back.at + (step.level === 0 ? BACK_MS : THAWED_MS);
    return [step.at, step.level === 0 ? settledAt(truths, back.at, untilMs) : untilMs];
  });
}

/** The stretches in which the job's component stood still or was gone, epoch ms. */
export function touchedOf(evidence: Evidence, job: string): [number, number][] {
  return stepsDown(evidence, job).map(([step, back]) => [step.at, back?.doneAt ?? Infinity]);
}

/** Each time that the harness froze or stopped the job's component, and what it did next to it. */
function stepsDown(evidence: Evidence, job: string): [TimelineEntry, TimelineEntry | undefined][] {
  const steps = evidence.timeline
    .filter((entry) => entry.signal === componentSignal(job))
    .sort((a, b) => a.at - b.at);
  return steps.flatMap((step, i): [TimelineEntry, TimelineEntry | undefined][] =>
    step.level < 1 ? [[step, steps[i + 1]]] : [],
  );
}

/**
 * When the changes that were under way between these two moments were over; at the earliest at the
 * latter.
 */
function settledAt(truths: TruthSeries[], fromMs: number, toMs: number): number {
  const changes = truths.flatMap(({ points }) => points);
  return Math.max(
    toMs,
    ...changes.filter(([from, to]) => from <= toMs && to >= fromMs).map(([, to]) => to),
  );
}

/** Labels that Prometheus or the type adds: what is left is the metric's own. */
export function ownLabels(series: Series): Record<string, string> {
  return Object.fromEntries(
    Object.entries(series.labels).filter(([name]) => !ADDED.includes(name)),
  );
}

/** What is expected of a metric, but for the metric and its job: their context knows those. */
export type Expected = WithoutSubject<MetricExpectation>;
type Subject = Pick<MetricContext, 'metric' | 'job'>;

function expectationOf({ metric, job }: Subject, expected: Expected): MetricExpectation {
  return { ...expected, subject: subjectOf({ metric, job }) };
}

function subjectOf({ metric, job }: Subject): MetricSubject {
  return { about: 'metric', metric: metric.name, job };
}

/** A metric's verdict that passed. */
export function passed(c: Subject, expected: Expected, measured: string): Verdict {
  return { expectation: expectationOf(c, expected), outcome: 'pass', measured };
}

/** A metric's verdict that failed; it points at the promise in the contract. */
export function failed<E extends Expected>(
  c: Subject,
  expected: E,
  id: FindingOf<E['kind']>,
  finding: Omit<Finding, 'id' | 'source' | 'query'> & { query?: string },
): Verdict {
  const { query, ...rest } = finding;
  return {
    expectation: expectationOf(c, expected),
    outcome: 'fail',
    finding: { id, source: c.metric.source, query: query ?? null, ...rest },
  };
}

/**
 * A metric's verdict that couldn't be reached.
 * @param expected null: nothing of the metric was judged
 */
export function unjudgedMetric(
  c: Subject,
  expected: Expected | null,
  seen: string,
  likelyCause: string,
): Verdict {
  const expectation: Expectation = expected
    ? expectationOf(c, expected)
    : { kind: 'judged', subject: subjectOf(c), phase: null };
  return unjudged(expectation, `${c.metric.name} of ${c.job}`, {
    source: c.metric.source,
    seen,
    likelyCause,
  });
}
