import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { poorScrapes } from '../scrapes/poor.ts';
import { SCRAPE_MS } from './job-scrapes.ts';
import type { JobScrapes } from './job-scrapes.ts';
import type { LoadSlots } from './load-slots.ts';

/** The events that services accepted, by k6's account. Times are epoch ms. */
export class LoadEvents {
  private readonly plan: Plan;
  private readonly evidence: Evidence;
  private readonly slots: LoadSlots;
  private readonly scrapes: JobScrapes;
  private lost: { at: number; events: number }[] | undefined;

  constructor(plan: Plan, evidence: Evidence, slots: LoadSlots, scrapes: JobScrapes) {
    this.plan = plan;
    this.evidence = evidence;
    this.slots = slots;
    this.scrapes = scrapes;
  }

  /**
   * How many events were accepted in a window, by k6's slots; within a slot they come evenly.
   */
  accepted(fromMs: number, toMs: number): number {
    return this.slots
      .all()
      .filter(({ count }) => count.events > 0)
      .reduce((sum, slot) => {
        const shared = Math.min(slot.toMs, toMs) - Math.max(slot.fromMs, fromMs);
        return sum + slot.count.events * (Math.max(0, shared) / (slot.toMs - slot.fromMs));
      }, 0);
  }

  /**
   * Whether every service that accepts events was scraped just before a moment: what came since is
   * seen by nobody.
   */
  areFresh(at: number): boolean {
    return this.plan.jobs
      .filter(({ name }) => this.hasEvents(name))
      .every(({ name }) => this.scrapes.isFresh(name, at));
  }

  /** What came within this before a moment may not have been scraped yet, ms. */
  behindMs(): number {
    const intervals = this.plan.jobs
      .filter(({ name }) => this.hasEvents(name))
      .map(({ name }) => this.scrapes.intervalMs(name));
    return Math.max(0, ...intervals) + SCRAPE_MS;
  }

  /** Events that scrapes of a running service which failed in a window may have left unseen. */
  unscraped(fromMs: number, toMs: number): number {
    this.lost ??= this.lostByScrape();
    return this.lost
      .filter(({ at }) => at >= fromMs && at <= toMs)
      .reduce((sum, { events }) => sum + events, 0);
  }

  /**
   * For each such scrape of a service with events: when it was, and how many come in a scrape
   * interval.
   */
  private lostByScrape(): { at: number; events: number }[] {
    const busiest = Math.max(
      0,
      ...this.slots.all().map(({ count, fromMs, toMs }) => count.events / (toMs - fromMs)),
    );
    return poorScrapes(this.plan, this.evidence)
      .filter(({ job }) => this.hasEvents(job))
      .map(({ at, job }) => ({
        at,
        events: busiest * this.scrapes.intervalMs(job),
      }));
  }

  private hasEvents(job: string): boolean {
    const slots = this.evidence.k6?.slots[this.slots.serviceOf(job)] ?? [];
    return slots.some((slot) => slot.events > 0);
  }
}
