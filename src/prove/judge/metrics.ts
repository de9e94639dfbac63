import type { ProofEvidence } from '../../model/proof-evidence.ts';
import type { MissingMetric, ProofPlan } from '../../model/proof-plan.ts';
import type { ProofFinding } from '../../model/proof-verdict.ts';

/** What the known texts have no series of, told of whoever reads it. */
export function missingFinding({ what, metric, lacks, source }: MissingMetric): ProofFinding {
  if (lacks) return lackingFinding({ what, metric, source }, lacks);
  return {
    id: 'metric-missing',
    level: 'failure',
    source,
    expected: `${metric}, which ${what} reads`,
    seen: 'no /metrics text that is known of the jobs in question has it',
    likelyCause: 'it was renamed with a newer version of what exports it, or is exported by nobody',
  };
}

/** A metric of which no series passes a matcher. */
function lackingFinding(
  { what, metric, source }: Omit<MissingMetric, 'alert'>,
  { asked, kind, have }: NonNullable<MissingMetric['lacks']>,
): ProofFinding {
  const [things, likelyCause] =
    kind === 'label'
      ? [
          'labels',
          'the label was renamed with a newer version of what exports it, or never was there',
        ]
      : ['values', 'the bounds of its buckets were changed, or never were these'];
  return {
    ...{ id: 'series-missing', level: 'failure', source },
    expected: `series of ${metric} with ${asked}, which ${what} reads`,
    seen: `the /metrics texts that are known of the jobs in question have the ${things} ${have.join(', ')} alone`,
    likelyCause,
  };
}

/** Panels that have no data although every metric that they read is there. */
export function emptyPanels({ panels }: ProofPlan, evidence: ProofEvidence): ProofFinding[] {
  return panels.flatMap(({ what, query, source }, i): ProofFinding[] => {
    const shown = evidence.panels[i];
    if (!shown || shown.series > 0) return [];
    return [
      {
        id: 'panel-empty',
        level: 'failure',
        source,
        expected: `data in ${what}: its metrics are exported`,
        seen: shown.error ?? `no series for ${query}`,
        likelyCause: 'labels that no series has, or two sides of an operation that never match',
      },
    ];
  });
}

/** Panels that show something, but nothing of a job that exports all they read. */
export function panelsWithoutJob({ panels }: ProofPlan, evidence: ProofEvidence): ProofFinding[] {
  return panels.flatMap(({ what, query, jobs, source }, i): ProofFinding[] => {
    const shown = evidence.panels[i];
    if (!shown || shown.series === 0) return [];
    return jobs
      .filter((job) => !shown.jobs.includes(job))
      .map((job) => ({
        id: 'panel-lacks-job',
        level: 'failure',
        source,
        expected: `something of the job ${job} in ${what}: it exports all that is read there`,
        seen: `series of ${shown.jobs.join(', ') || 'no job'} alone for ${query}`,
        likelyCause: `two sides of an operation whose labels match in other jobs, and never in ${job}`,
      }));
  });
}
