import type { Evidence } from '../../model/evidence.ts';
import type { SlotCount } from '../../model/k6-evidence.ts';
import type { Plan } from '../../model/plan.ts';
import { COMPONENT, actsOn } from '../../lib/components.ts';
import { SETTLED_MS } from '../../model/world.ts';
import { serviceOf } from '../../technologies/offered.ts';
import type { JobScrapes } from './job-scrapes.ts';

/** For so long k6 may stand still in a slot, and for this share of it, whichever is more, ms. */
const STOOD_MS = 250;
const STOOD_SHARE = 0.03;

/** What k6 counted at a service in a stretch of time, epoch ms. */
export interface Slot {
  fromMs: number;
  toMs: number;
  /** Whether the plan changes nothing in it. */
  isSteady: boolean;
  count: SlotCount;
}

/** A slot, and how many errors the service's life had before it. */
export interface SteadySlot extends Slot {
  errorsBefore: number;
}

/** k6's account of the load, slot by slot. Times are epoch ms. */
export class LoadSlots {
  private readonly plan: Plan;
  private readonly evidence: Evidence;
  private readonly t0: number;
  private readonly scrapes: JobScrapes;

  constructor(plan: Plan, evidence: Evidence, t0: number, scrapes: JobScrapes) {
    this.plan = plan;
    this.evidence = evidence;
    this.t0 = t0;
    this.scrapes = scrapes;
  }

  /**
   * k6's account of a job's service, slot by slot: of those in which nothing was to change, nothing
   * was done to the service, all scrapes came in time, and k6 itself never stood still: what it
   * made up for at once may lie in windows that no point looks at.
   */
  steady(job: string): SteadySlot[] {
    const slots = this.of(this.serviceOf(job));
    return slots
      .filter(
        ({ fromMs, toMs, isSteady, count }) =>
          isSteady &&
          count.stoodMs <= Math.max(STOOD_MS, STOOD_SHARE * (toMs - fromMs)) &&
          !this.scrapes.missed(job, fromMs - this.scrapes.intervalMs(job), toMs) &&
          // What was asked for at its end is answered a little later.
          this.scrapes.isSteady(job, toMs + SETTLED_MS, toMs + SETTLED_MS - fromMs),
      )
      .map((slot) => {
        const bornAt = this.bornAt(job, slot.fromMs);
        const before = slots.filter(({ fromMs, toMs }) => fromMs >= bornAt && toMs <= slot.fromMs);
        return { ...slot, errorsBefore: before.reduce((sum, { count }) => sum + count.errors, 0) };
      });
  }

  /** When the service of a job last came back before a moment; T0 where it was never gone. */
  private bornAt(job: string, at: number): number {
    const returned = actsOn(this.evidence.timeline, job).findLast(
      (step) => step.level === COMPONENT.running && step.at <= at,
    );
    return returned?.at ?? this.t0;
  }

  /** The slots of all services. */
  all(): Slot[] {
    return Object.keys(this.evidence.k6?.slots ?? {}).flatMap((service) => this.of(service));
  }

  /** The slots of a service with their times. */
  private of(service: string): Slot[] {
    const planned = this.plan.load.slots[service] ?? [];
    return (this.evidence.k6?.slots[service] ?? []).flatMap((count): Slot[] => {
      const slot = planned[count.slot];
      if (!slot) return [];
      const fromMs = this.t0 + (planned[count.slot - 1]?.untilMs ?? 0);
      return [{ fromMs, toMs: this.t0 + slot.untilMs, isSteady: slot.isSteady, count }];
    });
  }

  /** The service that a job scrapes; '' where it scrapes none. */
  serviceOf(job: string): string {
    return serviceOf(this.plan.jobs.find((j) => j.name === job)?.component ?? '') ?? '';
  }
}
