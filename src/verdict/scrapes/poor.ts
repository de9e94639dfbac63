import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { touchedOf, unsteadyOf } from '../metrics/unsteady.ts';
import { truthsOf } from '../metrics/context.ts';
import { scrapesOf } from './recorded.ts';

/**
 * A scrape that takes this share of its interval may have run into its timeout, two thirds of it by
 * default.
 */
export const SLOW_SHARE = 0.5;

/**
 * A scrape that failed, or nearly did, of a target that was running by the harness's own record.
 */
export interface PoorScrape {
  job: string;
  /** When it began, epoch ms. */
  at: number;
  /** How long it took, ms. */
  ms: number;
  failed: boolean;
}

/**
 * Scrapes since T0 that tell of the machine and not of their target: the harness neither froze nor
 * stopped it then. A target that is really broken never gets as far, since a run begins when all
 * are up. While one that was frozen or stopped catches up, its scrapes may be slow; that they fail
 * though it runs again holds it down for longer than the harness did.
 */
export function poorScrapes(plan: Plan, evidence: Evidence): PoorScrape[] {
  return plan.jobs.flatMap(({ name: job, scrapeMs }) => {
    const unsteady = unsteadyOf(evidence, job, truthsOf(evidence, plan.metrics, job));
    const touched = touchedOf(evidence, job);
    return scrapesOf(evidence, job).flatMap(({ at, ms = 0, failed }): PoorScrape[] => {
      const poor = failed || ms > SLOW_SHARE * scrapeMs;
      // One that had no answer for so long before the target was touched was slow by itself.
      const own = (failed ? touched : unsteady).some(
        ([from, to]) => at >= from - SLOW_SHARE * scrapeMs && at <= to,
      );
      return at >= (evidence.t0 ?? Infinity) && poor && !own ? [{ job, at, ms, failed }] : [];
    });
  });
}

/** In words, with its figure. */
export function poorText({ job, ms, failed }: PoorScrape): string {
  return `${job} was running, and a scrape of it ${failed ? 'failed after' : 'took'} ${Math.round(ms)} ms`;
}
