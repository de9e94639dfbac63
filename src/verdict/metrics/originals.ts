import type { Evidence, OriginalEvidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { metricContexts } from './context.ts';
import { shape } from './shape.ts';
import { equalsTruth } from './truths.ts';

/** It is scraped once. */
const LEAST_SAMPLES = 1;

/**
 * Judges the real programs that ran beside their stand-ins, each as a job of its own: it answers a
 * scrape, and has every metric that is promised of its stand-in's job, as its client left it.
 */
export function judgeOriginals(plan: Plan, evidence: Evidence): Verdict[] {
  return (evidence.originals ?? []).flatMap((original) => {
    const verdict = scraped(original);
    return verdict.outcome === 'pass'
      ? [verdict, ...metricsOf(original, plan, evidence)]
      : [verdict];
  });
}

function scraped({ service, job, url, error, metrics }: OriginalEvidence): Verdict {
  const expectation = {
    kind: 'scraped',
    subject: { about: 'metric', metric: 'up', job: service },
    phase: null,
  } as const;
  if (error === null) return { expectation, outcome: 'pass', measured: `${metrics.length} series` };
  return {
    expectation,
    outcome: 'fail',
    finding: {
      id: 'target-not-scraped',
      title: `The real program of ${job} can't be scraped`,
      source: null,
      query: null,
      expected: `${url} as Prometheus asks for it: answered with metrics`,
      seen: error,
      likelyCause:
        'Its settings in the compose file: metrics are switched off, for loopback alone, or for ' +
        'those who log in. In production the alert on its outage would fire.',
    },
  };
}

/** The verdicts on its metrics, by what was seen and is known of it alone. */
function metricsOf(
  { service, job, metrics, metadata, truth }: OriginalEvidence,
  plan: Plan,
  evidence: Evidence,
): Verdict[] {
  const promised = plan.metrics
    .filter(({ jobs }) => jobs.includes(job))
    .map((metric) => ({ ...metric, jobs: [service] }));
  const own: Evidence = {
    ...evidence,
    metrics,
    metadata,
    truth,
    series: [],
    timeline: [],
    lags: [],
  };
  return metricContexts({ ...plan, metrics: promised }, own, 0).flatMap((c) =>
    c.series.length === 0 ? shape(c) : [...shape(c), ...equalsTruth(c, LEAST_SAMPLES)],
  );
}
