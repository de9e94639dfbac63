import { EXTRAPOLATION_THRESHOLD } from '../../lib/formulas.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import { truthsOf } from '../metrics/context.ts';
import { unsteadyOf } from '../metrics/unsteady.ts';
import { SLOW_SHARE } from '../scrapes/poor.ts';
import { scrapeMsOf, scrapesOf } from '../scrapes/recorded.ts';
import type { Scrape } from '../scrapes/recorded.ts';

/**
 * A sample of a scrape may be this much older than the query that finds it, beside the scrape
 * interval, ms.
 */
export const SCRAPE_MS = 150;

/** How well a run's jobs were scraped around a moment. Times are epoch ms. */
export class JobScrapes {
  private readonly plan: Plan;
  private readonly evidence: Evidence;
  private readonly ofJobs = new Map<string, Scrape[]>();
  private readonly touches = new Map<string, [number, number][]>();

  constructor(plan: Plan, evidence: Evidence) {
    this.plan = plan;
    this.evidence = evidence;
  }

  /** A job's scrape interval, ms. */
  intervalMs(job: string): number {
    return scrapeMsOf(this.plan, job);
  }

  /**
   * Whether of a moment anything is on record: not of one after the last scrape that is.
   */
  isRecorded(job: string, at: number): boolean {
    const last = this.all(job).at(-1)?.at ?? at;
    return at <= last + this.intervalMs(job);
  }

  /**
   * Whether a moment lies in no gap between a job's scrapes: where Prometheus itself stood still, a
   * query goes on showing what was. After the last scrape on record nobody knows.
   */
  isFresh(job: string, at: number): boolean {
    const scrapes = this.all(job);
    const next = scrapes.findIndex((scrape) => scrape.at > at);
    const last = scrapes[next - 1]?.at ?? at;
    return at - last <= this.intervalMs(job) + SCRAPE_MS;
  }

  /**
   * Until when what is seen of a job at a moment was read: a sample bears the time at which its
   * scrape began, and the target may be read until its end.
   */
  readUntil(job: string, at: number): number {
    const last = this.all(job).findLast((scrape) => scrape.at <= at);
    return Math.max(at, last ? endOf(last) : at);
  }

  /**
   * Whether a scrape of a steady target failed, is missing or came late between two moments: then
   * the machine was too slow, and a rate over them tells of it. Late counts where a window's end
   * lies in the gap: Prometheus then extrapolates by half an interval only.
   */
  missed(job: string, fromMs: number, toMs: number): boolean {
    const gapMs = EXTRAPOLATION_THRESHOLD * this.intervalMs(job);
    return this.all(job).some(({ at, failed }, i, scrapes) => {
      const before = scrapes[i - 1]?.at ?? at;
      const isInside = at > fromMs && at <= toMs;
      return (isInside && failed) || (at > fromMs && before <= toMs && at - before > gapMs);
    });
  }

  /**
   * Whether one of the last scrapes took so long that it may have run into its timeout (two thirds
   * of the interval) by the machine's fault.
   */
  isSlow(job: string, at: number): boolean {
    const scrapeMs = this.intervalMs(job);
    return this.all(job).some(
      (scrape) =>
        scrape.at > at - 2 * scrapeMs - SCRAPE_MS &&
        scrape.at <= at &&
        (scrape.ms ?? 0) > SLOW_SHARE * scrapeMs,
    );
  }

  /**
   * Whether nothing was done to a job's component in a window that ends at a moment, nor a scrape
   * interval before it.
   */
  isSteady(job: string, at: number, windowMs: number): boolean {
    return !this.touched(job).some(
      ([from, to]) => from <= at && to >= at - windowMs - this.intervalMs(job),
    );
  }

  /** When something was done to a job's component; found once, for every point asks for it. */
  private touched(job: string): [number, number][] {
    const truths = (): TruthSeries[] => truthsOf(this.evidence, this.plan.metrics, job);
    const known = this.touches.get(job) ?? unsteadyOf(this.evidence, job, truths());
    this.touches.set(job, known);
    return known;
  }

  /** All scrapes of a job, in their order. */
  all(job: string): Scrape[] {
    const known = this.ofJobs.get(job) ?? scrapesOf(this.evidence, job);
    this.ofJobs.set(job, known);
    return known;
  }

  /** Whether the last scrape of a job that was over at a moment had failed. */
  hasJustFailed(job: string, at: number): boolean {
    return this.all(job).findLast((scrape) => endOf(scrape) <= at)?.failed ?? false;
  }
}

/** When a scrape was over, epoch ms; where that isn't on record, when it began. */
const endOf = ({ at, ms = 0 }: Scrape): number => at + ms;
