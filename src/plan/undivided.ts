import { SETTLED_MS, SLOW_ANSWER_MS } from '../model/world.ts';
import { componentOf } from '../technologies/registry.ts';

/**
 * What no speed divides, real ms: what the machine, the programs and the harness need, and times
 * that are values. Everything else that a plan reckons with is the stack's own, and is divided.
 */
export const REAL = {
  /** Allowance for round trips and scheduling between two components; stated in every report. */
  allowanceMs: 500,
  /** The smaller allowance that a blip may spend, so that it stays shorter than `for`. */
  blipAllowanceMs: 150,
  /**
   * A process on a busy machine doesn't stop at once, and an engine takes its time to freeze one.
   */
  freezeMarginMs: 200,
  /** Longest delay that a request of the load is given: response times are values. */
  slowAnswerMs: SLOW_ANSWER_MS,
  /** What was asked for before a change of the load is answered within this. */
  settledMs: SETTLED_MS,
  /** Outages that begin at once are this far apart, so that not all start in the same instant. */
  staggerMs: 1_000,
  /** A service that is started again answers within this; what it refused before is no loss. */
  serviceStartMs: 1_500,
  /** Metrics and dashboards by themselves are watched this long: steady slots, two levels each. */
  measuredMs: 24_000,
  /** A probe takes this long at least: k6 has no scenario shorter than a second. */
  leastProbeMs: 1_500,
  /** A panel's points within this tell what a steady slot shows, after their window. */
  lookMs: 2_500,
  /** Points of a panel nearer than this show nothing more. */
  leastStepMs: 500,
  /** What the load's rates count by. */
  secondMs: 1_000,
};

/**
 * From its start until a component answers a scrape, where its technology says nothing else, real
 * ms.
 */
const START_DEFAULT_MS = 2_500;

/** The same durations in another time. */
export type Undivided = typeof REAL;

/**
 * Undivided durations in the stack's own time, of which `speed` times as much passes meanwhile: a
 * plan that is made in that time can be divided as a whole.
 */
export function undividedAt(speed: number): Undivided {
  return Object.fromEntries(
    Object.entries(REAL).map(([name, ms]) => [name, ms * speed]),
  ) as Undivided;
}

/** How long a component needs until it answers a scrape, in the stack's own time. */
export function startMs(component: string, speed: number): number {
  return (componentOf(component)?.startMs ?? START_DEFAULT_MS) * speed;
}
