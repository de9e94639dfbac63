import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { inconclusive } from '../inconclusive.ts';
import { readsMetricsOf } from '../unscraped.ts';
import { JobScrapes } from './job-scrapes.ts';

/**
 * A failure of a query that looks at one moment is inconclusive where it may have missed what is
 * there.
 * @param at epoch ms
 */
export function unlessBlind(
  verdict: Verdict,
  expr: string,
  at: number,
  { plan, evidence }: { plan: Plan; evidence: Evidence },
): Verdict {
  const reason = blindAt(expr, at, plan, evidence);
  return inconclusive(verdict, reason === undefined ? [] : [reason]);
}

/**
 * Why a query that looks at one moment may have missed what is there: a scrape that failed takes
 * the series of its target away until the next one is over; `up` itself stays. Undefined when all
 * that it reads was scraped.
 * @param at epoch ms
 */
function blindAt(expr: string, at: number, plan: Plan, evidence: Evidence): string | undefined {
  const scrapes = new JobScrapes(plan, evidence);
  const job = plan.jobs.find(
    ({ name }) => readsMetricsOf(expr, name, plan) && scrapes.hasJustFailed(name, at),
  );
  return job && `the last scrape of ${job.name} before it failed`;
}
