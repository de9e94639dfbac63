import type { Evidence } from '../../model/evidence.ts';
import type { MetricPlan } from '../../model/metric-plan.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { belongs } from './context.ts';
import { always, failed, passed } from './verdicts.ts';

/** Nobody exports a metric that isn't theirs. One verdict for each metric. */
export function noForeigners(plan: Plan, evidence: Evidence, metric: MetricPlan): Verdict {
  const jobs = [
    ...new Set(
      evidence.metrics
        .filter((s) => belongs(s, metric) && !metric.jobs.includes(s.labels['job'] ?? ''))
        .map((s) => s.labels['job'] ?? ''),
    ),
  ];
  const c = { metric, job: metric.jobs.length === 1 ? (metric.jobs[0] ?? '') : 'others' };
  if (jobs.length === 0)
    return passed(
      c,
      always('only-its-owners'),
      `${plan.jobs.length - metric.jobs.length} other jobs don't`,
    );
  return failed({ metric, job: jobs[0] ?? '' }, always('only-its-owners'), 'metric-foreign', {
    title: `${jobs.join(', ')} exports ${metric.name}, which isn't theirs`,
    query: `count by (job) (${metric.name})`,
    expected: `${metric.name} from ${metric.jobs.join(', ')} and nobody else`,
    seen: `also from ${jobs.join(', ')}`,
    likelyCause:
      'A shared library registers it in every service. A gauge that is exported and never set ' +
      'reads 0, and fires alerts.',
  });
}
