import type { MetricContract } from '../model/contract.ts';
import type { LoadPlan } from '../model/load-plan.ts';
import type { QuantilePlan, Question } from '../model/metric-plan.ts';

const QUANTILES: QuantilePlan['quantile'][] = ['0.5', '0.95', '0.99'];

/**
 * The quantiles that are held against k6's own. All requests of a service's first life, since
 * counters begin at 0 there: no rate, no extrapolation, only the estimate within a bucket
 * (promql/quantile.go, `BucketQuantile`).
 */
export function quantilesOf(
  metrics: MetricContract[],
  load: LoadPlan,
  services: Record<string, string>,
  settleMs: number,
): { quantiles: QuantilePlan[]; questions: Question[] } {
  const out: { quantiles: QuantilePlan[]; questions: Question[] } = {
    quantiles: [],
    questions: [],
  };
  for (const metric of metrics.filter((m) => m.type === 'histogram')) {
    for (const [service, job] of Object.entries(services)) {
      const span = load.spans[service]?.[0];
      if (!span || span.untilMs <= 0 || !metric.jobs.includes(job)) continue;
      for (const quantile of QUANTILES) {
        const question = `${metric.name} ${job} ${quantile}`;
        out.quantiles.push({
          metric: metric.name,
          job,
          service,
          span: span.name,
          quantile,
          question,
        });
        out.questions.push({
          id: question,
          query: `histogram_quantile(${quantile}, sum by (le) (${metric.name}_bucket{job="${job}"}))`,
          atMs: span.untilMs + settleMs,
        });
      }
    }
  }
  return out;
}
