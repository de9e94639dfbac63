import type { Evidence } from '../../model/evidence.ts';
import type { Series } from '../../model/series.ts';
import type { Plan } from '../../model/plan.ts';
import { truthsOf } from '../metrics/context.ts';
import { unsteadyOf } from '../metrics/unsteady.ts';
import type { Scrape } from './rate-windows.ts';

/**
 * A sample of a scrape may be this much older than the query that finds it, beside the scrape
 * interval, ms.
 */
export const SCRAPE_MS = 150;
/**
 * Two samples further apart than this many intervals have lost one between them, or the later one
 * came late (Prometheus's own threshold).
 */
const MISSED_AFTER = 1.1;
/** A scrape that takes this share of its interval is a slow machine's. */
const SLOW_SCRAPE = 0.5;

/** How well a run's jobs were scraped around a moment. Times are epoch ms. */
export class JobScrapes {
  private readonly plan: Plan;
  private readonly evidence: Evidence;

  constructor(plan: Plan, evidence: Evidence) {
    this.plan = plan;
    this.evidence = evidence;
  }

  /** A job's scrape interval, ms. */
  intervalMs(job: string): number {
    return this.plan.jobs.find((j) => j.name === job)?.scrapeMs ?? 0;
  }

  /**
   * Whether of a moment anything is on record: not of one after the last scrape that is.
   */
  isRecorded(job: string, at: number): boolean {
    const last = this.samplesOf('up', job).at(-1)?.[0] ?? at;
    return at <= last + this.intervalMs(job);
  }

  /**
   * Whether a moment lies in no gap between a job's scrapes: where Prometheus itself stood still, a
   * query goes on showing what was. After the last scrape on record nobody knows.
   */
  isFresh(job: string, at: number): boolean {
    const samples = this.samplesOf('up', job);
    const next = samples.findIndex(([time]) => time > at);
    const last = samples[next - 1]?.[0] ?? at;
    return at - last <= this.intervalMs(job) + SCRAPE_MS;
  }

  /**
   * Until when what is seen of a job at a moment was read: a sample bears the time at which its
   * scrape began, and the target may be read until its end.
   */
  readUntil(job: string, at: number): number {
    const [began = at, seconds = 0] =
      this.samplesOf('scrape_duration_seconds', job).findLast(([time]) => time <= at) ?? [];
    return Math.max(at, began + seconds * 1000);
  }

  /**
   * Whether a scrape of a steady target failed, is missing or came late between two moments: then
   * the machine was too slow, and a rate over them tells of it. Late counts where a window's end
   * lies in the gap: Prometheus then extrapolates by half an interval only (promql/functions.go,
   * `extrapolationThreshold`).
   */
  missed(job: string, fromMs: number, toMs: number): boolean {
    const gapMs = MISSED_AFTER * this.intervalMs(job);
    const samples = this.samplesOf('up', job);
    return samples.some(([time, value], i) => {
      const before = samples[i - 1]?.[0] ?? time;
      const isInside = time > fromMs && time <= toMs;
      return (
        (isInside && value !== 1) || (time > fromMs && before <= toMs && time - before > gapMs)
      );
    });
  }

  /**
   * Whether one of the last scrapes took so long that it may have run into its timeout (two thirds
   * of the interval) by the machine's fault.
   */
  isSlow(job: string, at: number): boolean {
    const scrapeMs = this.intervalMs(job);
    return this.samplesOf('scrape_duration_seconds', job).some(
      ([time, seconds]) =>
        time > at - 2 * scrapeMs - SCRAPE_MS &&
        time <= at &&
        seconds * 1000 > SLOW_SCRAPE * scrapeMs,
    );
  }

  /**
   * Whether nothing was done to a job's component in a window that ends at a moment, nor a scrape
   * interval before it.
   */
  isSteady(job: string, at: number, windowMs: number): boolean {
    const truths = truthsOf(this.evidence, this.plan.metrics, job);
    return !unsteadyOf(this.evidence, job, truths).some(
      ([from, to]) => from <= at && to >= at - windowMs - this.intervalMs(job),
    );
  }

  /** All scrapes of a job, in their order. */
  all(job: string): Scrape[] {
    const durations = new Map(this.samplesOf('scrape_duration_seconds', job));
    return this.samplesOf('up', job).map(([at, up]) => ({
      ...{ at, failed: up !== 1 },
      ms: (durations.get(at) ?? 0) * 1_000,
    }));
  }

  /** Whether the last scrape of a job that was over at a moment had failed. */
  hasJustFailed(job: string, at: number): boolean {
    return this.all(job).findLast((scrape) => scrape.at + scrape.ms <= at)?.failed ?? false;
  }

  private samplesOf(name: string, job: string): Series['samples'] {
    const series = this.evidence.series.find(
      ({ labels }) => labels['__name__'] === name && labels['job'] === job,
    );
    return series?.samples ?? [];
  }
}
