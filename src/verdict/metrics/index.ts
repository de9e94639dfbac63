import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { INTERRUPTED } from '../unjudged.ts';
import { metricContexts } from './context.ts';
import { unjudgedMetric } from './verdicts.ts';
import type { MetricContext } from './context.ts';
import { equalsK6 } from './counts.ts';
import { equalsK6Quantiles } from './quantiles.ts';
import { noForeigners } from './foreigners.ts';
import { shape } from './shape.ts';
import { equalsTruth } from './truths.ts';

/**
 * Judges every metric of the contract at every job: there, as promised, and equal to what was
 * really done.
 */
export function judgeMetrics(plan: Plan, evidence: Evidence): Verdict[] {
  const { t0 } = evidence;
  const contexts = metricContexts(plan, evidence, t0 ?? evidence.startedAt);
  if (t0 === null || evidence.interruption)
    return contexts.map((c) =>
      unjudgedMetric(c, null, evidence.interruption?.detail ?? 'the run never began', INTERRUPTED),
    );
  return [
    ...contexts.flatMap((c) => {
      const error = failedQuery(c);
      return error === undefined ? judgeMetric(c) : [notAsked(c, error)];
    }),
    ...plan.metrics
      .filter((metric) => metric.selected)
      .map((metric) => noForeigners(plan, evidence, metric)),
  ];
}

function notAsked(c: MetricContext, error: string): Verdict {
  const cause = 'Prometheus could not answer; see logs/prometheus.log of the run folder.';
  return unjudgedMetric(c, null, error, cause);
}

function judgeMetric(c: MetricContext): Verdict[] {
  const found = shape(c);
  // What isn't there has no value either: said once.
  return c.series.length === 0
    ? found
    : [...found, ...equalsK6(c), ...equalsK6Quantiles(c), ...equalsTruth(c)];
}

/** The error of a query for this metric: its series are unknown then, not absent. */
function failedQuery({ evidence, metric }: MetricContext): string | undefined {
  return evidence.queryErrors.find(
    ({ query }) =>
      query === metric.name ||
      query === 'metadata' ||
      query.startsWith(`${metric.name}_`) ||
      query.includes(`(${metric.name}_bucket`),
  )?.error;
}
