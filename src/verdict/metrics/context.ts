import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import type { MetricPlan } from '../../model/metric-plan.ts';
import type { Plan } from '../../model/plan.ts';
import { unsteadyOf } from './unsteady.ts';

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

/** Labels that Prometheus or the type adds: what is left is the metric's own. */
export function ownLabels(series: Series): Record<string, string> {
  return Object.fromEntries(
    Object.entries(series.labels).filter(([name]) => !ADDED.includes(name)),
  );
}
