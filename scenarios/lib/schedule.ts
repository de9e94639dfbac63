import type { LoadSlot, Span } from '../../src/model/load-plan.ts';
import type { SignalStep } from '../../src/model/track.ts';

// Pure functions of the planned time: every virtual user comes to the same answer without speaking
// to another.

/** Floating point must not hide an event that falls exactly on a whole number. */
const TINY = 1e-6;
/** Lateness below this is scheduling; what is later has lost its place in the plan, ms. */
const LATE_MS = 250;

/**
 * The arrivals of an open-model scenario: iteration i is planned at `offsetMs` + i / rate (run
 * time, ms after T0).
 */
export interface Arrivals {
  ratePerSecond: number;
  /** Time between T0 and the scenario's own start, ms. */
  offsetMs: number;
}

/**
 * By how much the plan of iteration i has to be moved because the machine stood still, ms; 0 in an
 * undisturbed run. k6 doesn't number the iterations that it drops: without this, all that come
 * after them would look up a level too early for the rest of the run. In coarse steps, so that
 * neighbours agree and the share stays evenly spread.
 */
export function lateness(i: number, ratePerSecond: number, startTime: number, now: number): number {
  return Math.max(
    0,
    Math.floor((now - startTime - (i * 1000) / ratePerSecond) / LATE_MS) * LATE_MS,
  );
}

/** The step in force at a run time (ms after T0); before the first step, the first one. */
export function stepAt(steps: SignalStep[], runMs: number): SignalStep | undefined {
  return steps.findLast((step) => step.atMs <= runMs) ?? steps[0];
}

/**
 * The span of a service's life that a run time lies in; what comes after the last one belongs to
 * it.
 */
export function spanAt(spans: Span[], runMs: number): string {
  return (spans.find((span) => runMs < span.untilMs) ?? spans.at(-1))?.name ?? 'life 1';
}

/** The slot that a run time lies in, by its number; -1 after the last one. */
export function slotAt(slots: LoadSlot[], runMs: number): number {
  return slots.findIndex(({ untilMs }) => runMs < untilMs);
}

/** The run time of the next step of a signal after `runMs`, ms; Infinity after the last one. */
export function nextStepMs(steps: SignalStep[], runMs: number): number {
  return steps.find((step) => step.atMs > runMs)?.atMs ?? Infinity;
}

/** The first iteration that is planned at or after a run time. */
export function firstIteration(runMs: number, arrivals: Arrivals): number {
  return Math.max(
    0,
    Math.ceil(((runMs - arrivals.offsetMs) * arrivals.ratePerSecond) / 1000 - TINY),
  );
}

/** The step in force for an iteration. */
export function stepOf(steps: SignalStep[], i: number, arrivals: Arrivals): SignalStep | undefined {
  return steps.findLast((step) => firstIteration(step.atMs, arrivals) <= i) ?? steps[0];
}

/**
 * Sum of the level over iterations 0 to i − 1: how many of them a share has asked for. Closed form,
 * so that no state is shared.
 */
export function asked(steps: SignalStep[], i: number, arrivals: Arrivals): number {
  let sum = 0;
  steps.forEach((step, k) => {
    const next = steps[k + 1];
    const from = k === 0 ? 0 : firstIteration(step.atMs, arrivals);
    const to = next ? Math.min(i, firstIteration(next.atMs, arrivals)) : i;
    if (to > from) sum += step.level * (to - from);
  });
  return sum;
}

/**
 * The steps of a share of all of a service's requests, as a share of those that can be asked for
 * anything: requests that never fail and are never slow (`othersPerSecond`) would thin it out. At
 * most 1.
 */
export function undiluted(
  steps: SignalStep[],
  ratePerSecond: number,
  othersPerSecond: number,
): SignalStep[] {
  return steps.map((step) => ({
    ...step,
    level: Math.min(1, (step.level * (ratePerSecond + othersPerSecond)) / ratePerSecond),
  }));
}

const whole = (value: number): number => Math.floor(value + TINY);

/** What one request is to provoke. */
export type Wish = 'error' | 'slow' | 'tail' | 'nothing';

/**
 * What iteration i has to provoke: of the first n iterations exactly ⌊sum of the share⌋ are errors,
 * evenly spread, and as many slow. An error isn't slow: what falls on one goes to the next
 * iteration that isn't. Of the rest a constant share is the slow tail. Without steps for `slow`
 * there is no tail.
 */
export function wishOf(
  i: number,
  errors: SignalStep[],
  slow: SignalStep[],
  tailShare: number,
  arrivals: Arrivals,
): Wish {
  const ticks = (steps: SignalStep[], from: number, to: number): boolean =>
    whole(asked(steps, to, arrivals)) > whole(asked(steps, from, arrivals));
  const fails = (n: number): boolean => ticks(errors, n, n + 1);
  if (fails(i)) return 'error';
  if (slow.length === 0) return 'nothing';
  let since = i;
  while (since > 0 && fails(since - 1)) since--;
  if (ticks(slow, since, i + 1)) return 'slow';
  const others = i - whole(asked(errors, i, arrivals)) - whole(asked(slow, i, arrivals));
  return whole(tailShare * (others + 1)) > whole(tailShare * others) ? 'tail' : 'nothing';
}

/**
 * How many events a signal in events per second has asked for until a run time, done `factor` times
 * faster.
 */
export function eventsBy(steps: SignalStep[], runMs: number, factor: number): number {
  let sum = 0;
  steps.forEach((step, k) => {
    const from = k === 0 ? 0 : step.atMs;
    const to = Math.min(runMs, steps[k + 1]?.atMs ?? Infinity);
    if (to > from) sum += (step.level * factor * (to - from)) / 1000;
  });
  return whole(sum);
}

/** When (run time, ms) the n-th event is due; Infinity when the signal never asks for so many. */
export function timeOfEvent(steps: SignalStep[], n: number, factor: number): number {
  let left = n;
  for (const [k, step] of steps.entries()) {
    const from = k === 0 ? 0 : step.atMs;
    const perMs = (step.level * factor) / 1000;
    const ms = (steps[k + 1]?.atMs ?? Infinity) - from;
    if (perMs > 0 && left <= perMs * ms + TINY) return from + left / perMs;
    if (perMs > 0) left -= perMs * ms;
  }
  return Infinity;
}
