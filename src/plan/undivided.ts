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
  /**
   * From its start until a component answers a scrape, where its technology says nothing else.
   */
  componentStartMs: 2_500,
  /** A service that is started again answers within this; what it refused before is no loss. */
  serviceStartMs: 1_500,
  /** Metrics and dashboards by themselves are watched this long: steady slots, two levels each. */
  measuredMs: 24_000,
  /** A service has answered enough for quantiles when it has run for this long. */
  leastLifeMs: 5_000,
  /** A probe takes this long at least: k6 has no scenario shorter than a second. */
  leastProbeMs: 1_200,
  /** A panel's points within this tell what a steady slot shows, after their window. */
  lookMs: 2_500,
  /** Points of a panel nearer than this show nothing more. */
  leastStepMs: 500,
  /** What the load's rates count by. */
  secondMs: 1_000,
};

/** The same durations in another time. */
export type Undivided = typeof REAL;

/**
 * What the machine needs for something. Speeds over the usual one are only for machines that have
 * their cores for the run, and timers that aren't late (`src/machine/pace.ts`): there it takes less
 * of it, and up to half is left out.
 */
const BY_MACHINE: readonly (keyof Undivided)[] = [
  'allowanceMs',
  'blipAllowanceMs',
  'componentStartMs',
  'staggerMs',
];
/** Up to which all of it is left. */
const USUAL_SPEED = 60;
const LEAST_SHARE = 0.5;

/**
 * Undivided durations in the stack's own time, of which `speed` times as much passes meanwhile: a
 * plan that is made in that time can be divided as a whole.
 */
export function undividedAt(speed: number): Undivided {
  const names = Object.keys(REAL) as (keyof Undivided)[];
  return Object.fromEntries(
    names.map((name) => [name, REAL[name] * speed * (BY_MACHINE.includes(name) ? ease(speed) : 1)]),
  ) as Undivided;
}

/** How long a component needs until it answers a scrape, in the stack's own time. */
export function startMs(component: string, speed: number): number {
  return (componentOf(component)?.startMs ?? REAL.componentStartMs) * ease(speed) * speed;
}

/** The share of what a machine needs that is reckoned with at a speed. */
function ease(speed: number): number {
  return Math.max(LEAST_SHARE, Math.min(1, USUAL_SPEED / speed));
}
