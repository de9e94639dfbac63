import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { Mutant } from '../../model/mutation.ts';
import type { MetricPlan } from '../../model/metric-plan.ts';
import type { Plan } from '../../model/plan.ts';
import { distortionsOf } from './distortions.ts';
import type { Recorded } from './distortions.ts';

/** A service that exports a metric wrongly. */
export interface InstrumentationMutant extends Mutant {
  kind: 'instrumentation';
  metric: string;
  job: string;
  /** The label that is got wrong. */
  label?: string;
  /** Series that were different ones have the same labels then. */
  mixes: boolean;
  /** What would have been recorded in place of what was. */
  evidence: Pick<Evidence, 'metrics' | 'metadata'>;
}

/**
 * Every mistake in the instrumentation of the contract's metrics that a run's evidence can tell of.
 */
export function instrumentationMutants(plan: Plan, evidence: Evidence): InstrumentationMutant[] {
  return plan.metrics
    .filter(({ selected }) => selected)
    .flatMap((metric) =>
      metric.jobs.flatMap((job) => {
        const recorded = recordedOf(metric, job, evidence);
        return distortionsOf(metric, recorded).map((distortion) => ({
          id: ['instrumentation', metric.name, job, distortion.operator, distortion.becomes].join(
            '/',
          ),
          kind: 'instrumentation' as const,
          operator: distortion.operator,
          subject: `metric ${metric.name} of ${job}`,
          at: {
            ...metric.source,
            endLine: metric.source.line,
            endColumn: metric.source.column + metric.name.length,
          },
          was: metric.name,
          becomes: distortion.becomes,
          changes: undefined,
          ...{ metric: metric.name, job },
          ...(distortion.label === undefined ? {} : { label: distortion.label }),
          mixes: mixes(distortion.recorded, recorded),
          evidence: replaced(evidence, recorded, distortion.recorded),
        }));
      }),
    );
}

function mixes(after: Recorded, before: Recorded): boolean {
  return after.series.length < before.series.length;
}

function recordedOf({ name, type }: MetricPlan, job: string, evidence: Evidence): Recorded {
  const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((s) => name + s) : [name];
  const isOwn = ({ labels }: Series): boolean =>
    labels['job'] === job && names.includes(labels['__name__'] ?? '');
  return {
    series: evidence.metrics.filter(isOwn),
    metadata: evidence.metadata.filter((m) => m.job === job && m.metric === name),
  };
}

function replaced(
  { metrics, metadata }: Evidence,
  was: Recorded,
  becomes: Recorded,
): InstrumentationMutant['evidence'] {
  const [series, types] = [new Set(was.series), new Set(was.metadata)];
  return {
    metrics: [...metrics.filter((one) => !series.has(one)), ...becomes.series],
    metadata: [...metadata.filter((one) => !types.has(one)), ...becomes.metadata],
  };
}
