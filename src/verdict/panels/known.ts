import type { Bounds } from '../../ground-truth/evaluate.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import type { Plan } from '../../model/plan.ts';
import { edgesOf } from '../buckets.ts';
import { unseenBehind, valuesAt } from '../known-values.ts';
import { componentUp } from './component-up.ts';
import { JobScrapes, SCRAPE_MS } from './job-scrapes.ts';
import { LoadEvents } from './load-events.ts';
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
  /** The events in it. */
  readonly events: LoadEvents;
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
    this.events = new LoadEvents(plan, evidence, this.slots, this.scrapes);
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

  /** Whether a job's target was up at a moment: 1 or 0; undefined where nobody knows. */
  up(job: string, at: number): number | undefined {
    return componentUp(this.evidence, this.scrapes, job, at);
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
