import type { Evidence, SlotCount } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { changesRequestsOf, serviceOf } from '../../technologies/offered.ts';
import { poorScrapes } from '../scrapes.ts';
import type { JobScrapes } from './job-scrapes.ts';

/** Answers that were asked for before a change may still come after it, ms. */
export const SETTLE_MS = 1_300;

/** k6's account of the load, slot by slot. Times are epoch ms. */
export class LoadSlots {
  private readonly plan: Plan;
  private readonly evidence: Evidence;
  private readonly t0: number;
  private readonly scrapes: JobScrapes;
  private lost: { at: number; events: number }[] | undefined;

  constructor(plan: Plan, evidence: Evidence, t0: number, scrapes: JobScrapes) {
    this.plan = plan;
    this.evidence = evidence;
    this.t0 = t0;
    this.scrapes = scrapes;
  }

  /**
   * k6's account of a slot at the service of a job; undefined where the load or the service changed
   * in it, or just before.
   */
  steady(job: string, slot: number, windowMs: number): SlotCount | undefined {
    const service = this.serviceOf(job);
    const [from, to] = this.timesOf(slot);
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
      !this.scrapes.isSteady(job, to, to - begin)
    )
      return undefined;
    return this.evidence.k6?.slots[service]?.[slot];
  }

  /** Beginning and end of a slot. */
  timesOf(slot: number): [number, number] {
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
      const [begin, slotEnd] = this.timesOf(slot.slot);
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
      .every(({ name }) => this.scrapes.isFresh(name, at));
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
        events: busiest * (this.scrapes.intervalMs(job) / this.plan.load.slotMs),
      }));
  }

  private hasEvents(job: string): boolean {
    const slots = this.evidence.k6?.slots[this.serviceOf(job)] ?? [];
    return slots.some((slot) => slot.events > 0);
  }

  private serviceOf(job: string): string {
    return serviceOf(this.plan.jobs.find((j) => j.name === job)?.component ?? '') ?? '';
  }
}
