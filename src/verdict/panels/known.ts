import { COMPONENT, actsOn } from '../../lib/components.ts';
import type { Bounds } from '../../ground-truth/evaluate.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import type { Plan } from '../../model/plan.ts';
import { SETTLED_MS } from '../../model/world.ts';
import { edgesOf } from '../buckets.ts';
import { unseenBehind, valuesAt } from '../known-values.ts';
import { JobScrapes, SCRAPE_MS } from './job-scrapes.ts';
import { LoadSlots } from './load-slots.ts';
import { rateWindows, ratesIn } from './rate-windows.ts';

/**
 * What is known from outside of the stack, as the panels' quantities ask for it. Times are epoch
 * ms.
 */
export class Known {
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly t0: number;
  /** k6's account of the load. */
  readonly slots: LoadSlots;
  /** Upper edges of the histograms' buckets, seconds. */
  readonly bucketEdges: number[];
  private readonly scrapes: JobScrapes;

  constructor(plan: Plan, evidence: Evidence, t0: number) {
    this.plan = plan;
    this.evidence = evidence;
    this.t0 = t0;
    this.bucketEdges = edgesOf(evidence.metrics);
    this.scrapes = new JobScrapes(plan, evidence);
    this.slots = new LoadSlots(plan, evidence, t0, this.scrapes);
  }

  /**
   * Values that a metric may show at a moment, or in a window that ends then; undefined where
   * nobody knows.
   */
  level(
    metric: string,
    at: number,
    windowMs = 0,
    labels: Record<string, string> = {},
  ): Bounds | undefined {
    const truth = this.truthOf(metric, labels);
    const job = this.jobOf(metric, labels);
    if (
      !truth ||
      this.scrapes.isSlow(job, at) ||
      !this.scrapes.isFresh(job, at) ||
      !this.scrapes.isSteady(job, at, windowMs) ||
      (windowMs > 0 && this.scrapes.missed(job, at - windowMs - this.scrapes.intervalMs(job), at))
    )
      return undefined;
    const bounds = valuesAt(
      truth,
      at - windowMs - this.scrapes.intervalMs(job) - SCRAPE_MS,
      this.scrapes.readUntil(job, at),
    );
    return bounds && [bounds[0], bounds[1] + unseenBehind(truth, this.evidence, job)(at)];
  }

  /**
   * By how much something that only grows has grown, per model second, by each of the values that a
   * rate may have been made of: those of the first and of the last scrape in the range, read at
   * some moment of either. What was under way then happened before it or after. Several metrics of
   * a job have the same ones in the same order.
   */
  rates(
    metric: string,
    at: number,
    windowMs: number,
    labels: Record<string, string> = {},
  ): number[] | undefined {
    const truth = this.truthOf(metric, labels);
    const job = this.jobOf(metric, labels);
    const scrape = this.scrapes.intervalMs(job);
    if (
      !truth ||
      at - windowMs - SCRAPE_MS < this.t0 ||
      windowMs < 3 * scrape ||
      !this.scrapes.isRecorded(job, at) ||
      !this.scrapes.isSteady(job, at, windowMs) ||
      this.scrapes.missed(job, at - windowMs - scrape, at)
    )
      return undefined;
    const windows = rateWindows(this.scrapes.all(job), at, windowMs);
    return windows?.flatMap((window) => ratesIn(truth, window, this.plan.speed));
  }

  /** By how much in time what is known of a metric and what was done may be apart, ms. */
  lagMs(metric: string): number {
    return this.truthOf(metric, {})?.lagMs ?? 0;
  }

  /**
   * 1 or 0: whether a job's target was up at a moment; undefined around a change, and where the
   * machine was too slow for a scrape.
   */
  up(job: string, at: number): number | undefined {
    const scrape = 2 * this.scrapes.intervalMs(job) + SCRAPE_MS;
    if (!this.scrapes.isRecorded(job, at) || !this.scrapes.isFresh(job, at)) return undefined;
    const steps = actsOn(this.evidence.timeline, job);
    const before = steps.findLast((step) => step.at <= at);
    const next = steps.find((step) => step.at > at);
    if (next?.level === COMPONENT.running && next.at - at < scrape + SETTLED_MS) return undefined;
    // A scrape that is under way when a target is stopped fails, and bears the time before.
    if (next && next.level < COMPONENT.running && next.at <= this.scrapes.readUntil(job, at))
      return undefined;
    if (!before || before.level === COMPONENT.running)
      return !this.scrapes.isSteady(job, at, scrape) || this.scrapes.isSlow(job, at)
        ? undefined
        : 1;
    return before.level === COMPONENT.stopped && at - before.at > scrape + SETTLED_MS
      ? 0
      : undefined;
  }

  private truthOf(metric: string, labels: Record<string, string>): TruthSeries | undefined {
    return this.evidence.truth.find(
      (t) =>
        t.metric === metric &&
        Object.entries(t.labels).every(
          ([name, value]) => labels[name] === undefined || labels[name] === value,
        ),
    );
  }

  private jobOf(metric: string, labels: Record<string, string>): string {
    const name = metric.replace(/^rate of /, '');
    return labels['job'] ?? this.plan.metrics.find((m) => m.name === name)?.jobs[0] ?? '';
  }
}
