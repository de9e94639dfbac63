import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { touchedOf } from '../metrics/unsteady.ts';
import { scrapesOf } from './recorded.ts';

/** A scrape that came late: what was so meanwhile was seen by nobody. */
export interface LateScrape {
  job: string;
  /** When it began, epoch ms. */
  at: number;
  /** How long after the one before it, ms. */
  afterMs: number;
  /** How long it should have been, ms. */
  intervalMs: number;
}

/** So many intervals after the one before it a scrape has come late. */
const LATE_SHARE = 1.5;

/**
 * Scrapes since T0 that came late: also of a target that was frozen then or gone, whose scrapes
 * fail, and do so in time. Not while the harness itself had stopped Prometheus.
 */
export function lateScrapes(plan: Plan, evidence: Evidence): LateScrape[] {
  const away = plan.jobs
    .filter(({ component }) => component === 'prometheus')
    .flatMap(({ name }) => touchedOf(evidence, name));
  return plan.jobs.flatMap(({ name: job, scrapeMs: intervalMs }) =>
    scrapesOf(evidence, job).flatMap(({ at }, i, scrapes): LateScrape[] => {
      const before = scrapes[i - 1]?.at ?? at;
      const afterMs = at - before;
      const isOwn = away.some(([from, to]) => from <= at && to >= before);
      const isLate = afterMs > LATE_SHARE * intervalMs && at >= (evidence.t0 ?? Infinity);
      return isLate && !isOwn ? [{ job, at, afterMs, intervalMs }] : [];
    }),
  );
}

/** In words, with its figure. */
export function lateText({ job, afterMs, intervalMs }: LateScrape): string {
  const [after, interval] = [Math.round(afterMs), Math.round(intervalMs)];
  return `Prometheus scraped ${job} after ${after} ms instead of ${interval}`;
}
