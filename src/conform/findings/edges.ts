import type { LiveFinding } from '../../model/attach.ts';
import type { HistogramLimit, ServiceEvidence } from '../../model/conform.ts';
import { advice, finding } from '../finding.ts';
import type { HttpRoles } from '../roles.ts';
import { lastOf } from '../samples.ts';

/** Limits of alerts that lie between two buckets. */
export function edgeFindings(
  evidence: Pick<ServiceEvidence, 'after'>,
  limits: HistogramLimit[],
  roles: HttpRoles,
): LiveFinding[] {
  const edges = edgesOf(evidence, roles);
  if (edges.size === 0) return [];
  return ofRole(limits, roles)
    .filter(({ limit }) => !edges.has(limit))
    .map(({ metric, alert, limit, where }) =>
      finding('noEdge', {
        subject: metric,
        where,
        title: `${alert} has its limit at ${limit} s, and no bucket ends there`,
      }),
    );
}

/** Limits that could be compared with no bucket at all. */
export function edgeAdvice(
  evidence: Pick<ServiceEvidence, 'after'>,
  limits: HistogramLimit[],
  roles: HttpRoles,
): LiveFinding[] {
  if (edgesOf(evidence, roles).size > 0) return [];
  return ofRole(limits, roles).map(({ metric, alert, limit, where }) =>
    advice('noSeries', {
      subject: metric,
      where,
      title: `not compared: ${alert} has its limit at ${limit} s, and the histogram has no series`,
    }),
  );
}

function ofRole(limits: HistogramLimit[], { durations }: HttpRoles): HistogramLimit[] {
  return limits.filter(({ metric }) => metric === durations?.metric.name);
}

/** Where the histogram's buckets end. */
function edgesOf({ after }: Pick<ServiceEvidence, 'after'>, { durations }: HttpRoles): Set<number> {
  const name = `${durations?.metric.name ?? ''}_bucket`;
  const buckets = (lastOf(after)?.samples ?? []).filter((sample) => sample.name === name);
  return new Set(buckets.map(({ labels }) => Number(labels['le']?.replace('+Inf', 'Infinity'))));
}
