import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import { touchedOf, unsteadyOf } from './metrics/unsteady.ts';
import { truthsOf } from './metrics/context.ts';

/**
 * A scrape that takes this share of its interval may have run into its timeout, two thirds of it by
 * default.
 */
const SLOW_SHARE = 0.5;

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
    const samples = (metric: string): [number, number][] =>
      evidence.series
        .filter(({ labels }) => labels['__name__'] === metric && labels['job'] === job)
        .flatMap((series) => series.samples);
    const durations = new Map(samples('scrape_duration_seconds'));
    return samples('up').flatMap(([at, up]): PoorScrape[] => {
      const ms = (durations.get(at) ?? 0) * 1_000;
      const failed = up !== 1;
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
    timesOf(evidence, job).flatMap((at, i, times): LateScrape[] => {
      const before = times[i - 1] ?? at;
      const afterMs = at - before;
      const isOwn = away.some(([from, to]) => from <= at && to >= before);
      const isLate = afterMs > LATE_SHARE * intervalMs && at >= (evidence.t0 ?? Infinity);
      return isLate && !isOwn ? [{ job, at, afterMs, intervalMs }] : [];
    }),
  );
}

function timesOf({ series }: Evidence, job: string): number[] {
  return series
    .filter(({ labels }) => labels['__name__'] === 'up' && labels['job'] === job)
    .flatMap(({ samples }) => samples.map(([at]) => at))
    .sort((a, b) => a - b);
}

/** In words, with its figure. */
export function lateText({ job, afterMs, intervalMs }: LateScrape): string {
  const [after, interval] = [Math.round(afterMs), Math.round(intervalMs)];
  return `Prometheus scraped ${job} after ${after} ms instead of ${interval}`;
}
