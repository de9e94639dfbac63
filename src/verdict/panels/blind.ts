import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { readsJob } from '../unscraped.ts';

/**
 * Why a query that looks at one moment may have missed what is there: a scrape that failed takes
 * the series of its target away until the next one. Undefined when all that it reads was scraped.
 * @param at epoch ms
 */
export function blindAt(
  expr: string,
  at: number,
  plan: Plan,
  evidence: Evidence,
): string | undefined {
  const job = plan.jobs.find(
    ({ name }) => readsJob(expr, name, plan) && failed(evidence, name, at),
  );
  return job && `the last scrape of ${job.name} before it failed`;
}

function failed({ series }: Evidence, job: string, at: number): boolean {
  const up = series.find(
    ({ labels }) => labels['__name__'] === 'up' && labels['job'] === job,
  )?.samples;
  const last = up?.findLast(([time]) => time <= at);
  return last !== undefined && last[1] !== 1;
}
