import { componentSignal } from '../../lib/plan-names.ts';
import type { Bounds } from '../../ground-truth/evaluate.ts';
import { lastWhile } from '../../lib/sorted.ts';
import type { Evidence, Series, SlotCount, TruthSeries } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { changesRequestsOf, serviceOf } from '../../technologies/offered.ts';
import { poorScrapes } from '../scrapes.ts';
import { truthsOf, unsteadyOf } from '../metrics/context.ts';
import { edgesOf } from '../metrics/quantiles.ts';
import { unseenBehind, valuesAt } from '../metrics/truths.ts';

/**
 * A sample of a scrape may be this much older than the query that finds it, beside the scrape
 * interval, ms.
 */
const SCRAPE_MS = 150;

/**
 * What is known from outside of the stack, as the panels' quantities ask for it. Times are epoch
 * ms.
 */
export class Known {
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly t0: number;
  private readonly edges: number[];
  private lost: { at: number; events: number }[] | undefined;

  constructor(plan: Plan, evidence: Evidence, t0: number) {
    this.plan = plan;
    this.evidence = evidence;
    this.t0 = t0;
    this.edges = edgesOf(evidence.metrics);
  }

  /** Upper edges of the histograms' buckets, seconds. */
  get bucketEdges(): number[] {
    return this.edges;
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
      this.isSlow(job, at) ||
      !this.isFresh(job, at) ||
      !this.isSteady(job, at, windowMs) ||
      (windowMs > 0 && this.missed(job, at - windowMs - this.scrapeMs(job), at))
    )
      return undefined;
    const bounds = valuesAt(truth, at - windowMs - this.scrapeMs(job) - SCRAPE_MS, at);
    return bounds && [bounds[0], bounds[1] + unseenBehind(truth, this.evidence, job)(at)];
  }

  /**
   * By how much something that only grows has grown, per model second, in each window that a rate
   * may have been made of: its first sample is the first one in the range, its last one the last,
   * each up to a scrape interval within (promql/functions.go, `extrapolatedRate`). Several metrics
   * have the same windows in the same order.
   */
  rates(
    metric: string,
    at: number,
    windowMs: number,
    labels: Record<string, string> = {},
  ): number[] | undefined {
    const truth = this.truthOf(metric, labels);
    const job = this.jobOf(metric, labels);
    const scrape = this.scrapeMs(job);
    if (
      !truth ||
      at - windowMs - SCRAPE_MS < this.t0 ||
      windowMs < 3 * scrape ||
      !this.isRecorded(job, at) ||
      !this.isSteady(job, at, windowMs) ||
      this.missed(job, at - windowMs - scrape, at)
    )
      return undefined;
    // No scrape came later than a part of its interval (see `missed`): where intervals are short, a
    // fixed allowance would leave nothing of the window, and any rate would do.
    const lateMs = Math.min(SCRAPE_MS, LATE_SHARE * scrape);
    const starts = [-lateMs, 0, scrape / 2, scrape, scrape + lateMs].map(
      (ms) => at - windowMs + ms,
    );
    const ends = [0, scrape / 2, scrape, scrape + lateMs].map((ms) => at - ms);
    return starts.flatMap((start) =>
      ends.map(
        (end) =>
          (valueAt(truth, end) - valueAt(truth, start)) / ((end - start) / 1000) / this.plan.speed,
      ),
    );
  }

  /** By how much in time what is known of a metric and what was done may be apart, ms. */
  lagMs(metric: string): number {
    return this.truthOf(metric, {})?.lagMs ?? 0;
  }

  /**
   * k6's account of a slot at the service of a job; undefined where the load or the service changed
   * in it, or just before.
   */
  slot(job: string, slot: number, windowMs: number): SlotCount | undefined {
    const service = this.serviceOf(job);
    const [from, to] = this.slotTimes(slot);
    const begin = from - windowMs;
    const probe = this.plan.load.probes[service];
    const changes = Object.entries(this.plan.load.signals)
      .filter(([signal]) => changesRequestsOf(service, signal))
      .flatMap(([, steps]) => steps.map((step) => this.t0 + step.atMs));
    if (probe) changes.push(this.t0 + probe.startMs);
    // The last slot is cut off where the load ends.
    const whole = to <= this.t0 + this.plan.load.lengthMs;
    if (
      !whole ||
      begin < this.t0 ||
      changes.some((at) => at > begin - SETTLE_MS && at < to) ||
      !this.isSteady(job, to, to - begin)
    )
      return undefined;
    return this.evidence.k6?.slots[service]?.[slot];
  }

  /** Beginning and end of a slot. */
  slotTimes(slot: number): [number, number] {
    return [this.t0 + slot * this.plan.load.slotMs, this.t0 + (slot + 1) * this.plan.load.slotMs];
  }

  /**
   * How many events were accepted in a window, by k6's slots; within a slot they come evenly, in
   * the last one until the load ends.
   */
  events(fromMs: number, toMs: number): number {
    const loadEnd = this.t0 + this.plan.load.lengthMs;
    const slots = Object.values(this.evidence.k6?.slots ?? {})
      .flat()
      .filter((slot) => slot.events > 0);
    return slots.reduce((sum, slot) => {
      const [begin, slotEnd] = this.slotTimes(slot.slot);
      const end = Math.min(slotEnd, loadEnd);
      const shared = Math.max(0, Math.min(end, toMs) - Math.max(begin, fromMs));
      return sum + slot.events * (shared / (end - begin));
    }, 0);
  }

  /**
   * Whether every service that accepts events was scraped just before a moment: what came since is
   * seen by nobody.
   */
  eventsAreFresh(at: number): boolean {
    return this.plan.jobs
      .filter(({ name }) => this.hasEvents(name))
      .every(({ name }) => this.isFresh(name, at));
  }

  /** Events that scrapes of a running service which failed in a window may have left unseen. */
  unscrapedEvents(fromMs: number, toMs: number): number {
    this.lost ??= this.eventsLost();
    return this.lost
      .filter(({ at }) => at >= fromMs && at <= toMs)
      .reduce((sum, { events }) => sum + events, 0);
  }

  /**
   * For each such scrape of a service with events: when it was, and how many come in a scrape
   * interval.
   */
  private eventsLost(): { at: number; events: number }[] {
    const all = Object.values(this.evidence.k6?.slots ?? {}).flat();
    const busiest = Math.max(0, ...all.map((slot) => slot.events));
    return poorScrapes(this.plan, this.evidence)
      .filter(({ job }) => this.hasEvents(job))
      .map(({ at, job }) => ({
        at,
        events: busiest * (this.scrapeMs(job) / this.plan.load.slotMs),
      }));
  }

  private hasEvents(job: string): boolean {
    const slots = this.evidence.k6?.slots[this.serviceOf(job)] ?? [];
    return slots.some((slot) => slot.events > 0);
  }

  /**
   * 1 or 0: whether a job's target was up at a moment; undefined around a change, and where the
   * machine was too slow for a scrape.
   */
  up(job: string, at: number): number | undefined {
    const scrape = 2 * this.scrapeMs(job) + SCRAPE_MS;
    if (!this.isRecorded(job, at)) return undefined;
    const steps = this.evidence.timeline
      .filter((entry) => entry.signal === componentSignal(job))
      .sort((a, b) => a.at - b.at);
    const before = steps.findLast((step) => step.at <= at);
    const next = steps.find((step) => step.at > at);
    if (next && next.level === 1 && next.at - at < scrape + SETTLE_MS) return undefined;
    if (!before || before.level === 1)
      return !this.isSteady(job, at, scrape) || this.isSlow(job, at) ? undefined : 1;
    return before.level === 0 && at - before.at > scrape + SETTLE_MS ? 0 : undefined;
  }

  /**
   * Panels are asked a little later than what was scraped is read: whether of a moment anything is
   * on record.
   */
  private isRecorded(job: string, at: number): boolean {
    const last = this.samplesOf('up', job).at(-1)?.[0] ?? at;
    return at <= last + this.scrapeMs(job);
  }

  /**
   * Whether a moment lies in no gap between a job's scrapes: where Prometheus itself stood still, a
   * query goes on showing what was. After the last scrape on record nobody knows.
   */
  private isFresh(job: string, at: number): boolean {
    const samples = this.samplesOf('up', job);
    const next = samples.findIndex(([time]) => time > at);
    const last = samples[next - 1]?.[0] ?? at;
    return at - last <= this.scrapeMs(job) + SCRAPE_MS;
  }

  /**
   * Whether a scrape of a steady target failed, is missing or came late between two moments: then
   * the machine was too slow, and a rate over them tells of it. Late counts where a window's end
   * lies in the gap: Prometheus then extrapolates by half an interval only (promql/functions.go,
   * `extrapolationThreshold`).
   */
  private missed(job: string, fromMs: number, toMs: number): boolean {
    const gapMs = MISSED_AFTER * this.scrapeMs(job);
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
  private isSlow(job: string, at: number): boolean {
    const scrapeMs = this.scrapeMs(job);
    return this.samplesOf('scrape_duration_seconds', job).some(
      ([time, seconds]) =>
        time > at - 2 * scrapeMs - SCRAPE_MS &&
        time <= at &&
        seconds * 1000 > SLOW_SCRAPE * scrapeMs,
    );
  }

  private samplesOf(name: string, job: string): Series['samples'] {
    const series = this.evidence.series.find(
      ({ labels }) => labels['__name__'] === name && labels['job'] === job,
    );
    return series?.samples ?? [];
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

  private isSteady(job: string, at: number, windowMs: number): boolean {
    const truths = truthsOf(this.evidence, this.plan.metrics, job);
    return !unsteadyOf(this.evidence, job, truths).some(
      ([from, to]) => from <= at && to >= at - windowMs - this.scrapeMs(job),
    );
  }

  private scrapeMs(job: string): number {
    return this.plan.jobs.find((j) => j.name === job)?.scrapeMs ?? 0;
  }

  private serviceOf(job: string): string {
    return serviceOf(this.plan.jobs.find((j) => j.name === job)?.component ?? '') ?? '';
  }
}

/**
 * Two samples further apart than this many intervals have lost one between them, or the later one
 * came late (Prometheus's own threshold).
 */
const MISSED_AFTER = 1.1;
/** Of a scrape interval: how late what was read may be, at most. */
const LATE_SHARE = 0.6;
/** A scrape that takes this share of its interval is a slow machine's. */
const SLOW_SCRAPE = 0.5;
/** Answers that were asked for before a change may still come after it, ms. */
const SETTLE_MS = 1_300;

/**
 * A growing value at a moment: it stands until the next change begins, and rises evenly while that
 * lasts.
 */
function valueAt({ points }: TruthSeries, at: number): number {
  const i = lastWhile(points, ([, to]) => to <= at);
  const before = points[i];
  const after = points[i + 1];
  if (!before) return after?.[2] ?? 0;
  if (!after) return before[2];
  if (at <= after[0]) return before[2];
  return before[2] + ((after[2] - before[2]) * (at - after[0])) / Math.max(1, after[1] - after[0]);
}
