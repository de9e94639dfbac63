import type { MetricContract } from '../model/contract.ts';
import type { LoadPlan } from '../model/load-plan.ts';
import type { QuantilePlan, Question } from '../model/metric-plan.ts';

const QUANTILES: QuantilePlan['quantile'][] = ['0.5', '0.95', '0.99'];

/**
 * The quantiles that are held against k6's own. All requests of a service's first life, since
 * counters begin at 0 there: no rate, no extrapolation, only the estimate within a bucket
 * (promql/quantile.go, `BucketQuantile`). A life too short for quantiles has none: what is asked
 * while the scrape is waited for would be as much as what was asked in it.
 * @param times how long a life has to be, and when after its end all of it was scraped; ms
 */
export function quantilesOf(
  metrics: MetricContract[],
  load: LoadPlan,
  services: Record<string, string>,
  { leastLifeMs, settleMs }: { leastLifeMs: number; settleMs: number },
): { quantiles: QuantilePlan[]; questions: Question[] } {
  const out: { quantiles: QuantilePlan[]; questions: Question[] } = {
    quantiles: [],
    questions: [],
  };
  for (const metric of metrics.filter((m) => m.type === 'histogram')) {
    for (const [service, job] of Object.entries(services)) {
      const span = load.spans[service]?.[0];
      if (!span || span.untilMs < leastLifeMs || !metric.jobs.includes(job)) continue;
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
