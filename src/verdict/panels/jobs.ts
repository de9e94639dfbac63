import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { jobsShown } from '../../promql/jobs-shown.ts';
import { selects } from '../../promql/matchers.ts';
import { parseExpr } from '../../promql/parse.ts';
import { failed } from './verdicts.ts';
import type { Answered, PanelContext } from './context.ts';
import { HAS_DATA } from './expected.ts';

/** Parts of a family that is promised by its own name. */
const PART = /_(bucket|count|sum)$/;
/** A window of a rate holds as many, or shows nothing. */
const LEAST_SAMPLES = 4;

/** The verdict on a query that shows nothing of a job that exports what it reads. */
export function lacksJob(c: PanelContext, answered: Answered): Verdict[] {
  const jobs = jobsNotShown(c, answered);
  if (jobs.length === 0) return [];
  const shown = new Set(answered.series.flatMap(({ labels }) => labels['job'] ?? []));
  return [
    failed(c, HAS_DATA, 'panel-lacks-job', {
      title: `${c.panel.id} shows nothing of the job ${jobs.join(', ')}`,
      expected: `data of ${jobs.join(', ')} as well: query ${answered.query.refId} reads what is exported there`,
      seen: `series of ${[...shown].join(', ') || 'no job'} alone`,
      likelyCause:
        'The two sides of an operator have labels in common in the other jobs, and none in this.',
      at: answered,
    }),
  ];
}

/**
 * Jobs that export all that a query reads, and of which it shows nothing in the whole run although
 * it shows something of others.
 */
function jobsNotShown(
  { plan, evidence }: PanelContext,
  { query, answer, series }: Answered,
): string[] {
  const parsed = parseExpr(answer.query);
  // What is asked for one moment may have met one at which a job's own series weren't there.
  if (query.instant || series.length === 0 || !('expr' in parsed)) return [];
  const promised = promisedSeries(plan, evidence, query.windowMs);
  const shown = new Set(series.map(({ labels }) => labels['job']));
  return jobsShown(
    parsed.expr,
    (selector) =>
      new Set(
        promised
          .filter(({ labels }) => selects(selector, labels['__name__'] ?? '', labels))
          .flatMap(({ labels }) => labels['job'] ?? []),
      ),
  ).filter((job) => !shown.has(job));
}

/** Series that were there, of jobs that the contract says export them, for longer than a window. */
function promisedSeries(plan: Plan, evidence: Evidence, windowMs: number): Series[] {
  const jobs = new Map(plan.metrics.map((metric) => [metric.name, metric.jobs]));
  return evidence.metrics.filter(({ labels, samples }) => {
    const name = labels['__name__'] ?? '';
    const owners = jobs.get(name) ?? jobs.get(name.replace(PART, '')) ?? [];
    const lived = (samples.at(-1)?.[0] ?? 0) - (samples[0]?.[0] ?? 0);
    return (
      owners.includes(labels['job'] ?? '') && samples.length >= LEAST_SAMPLES && lived > windowMs
    );
  });
}
