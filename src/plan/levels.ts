import type { AlertContract, Stimulus } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import type { SignalName } from '../model/track.ts';
import { movesSignal, stimulusOf } from '../technologies/registry.ts';

/** A stimulus with all three levels: what every state alert has. */
export interface Levels {
  near: number;
  over: number;
  calm: number;
}

/** The levels of a state alert's stimulus, or undefined for `outage` and `always`. */
export function levelsOf(stimulus: Stimulus): Levels | undefined {
  const { near, over, calm } = stimulus;
  return near === undefined || over === undefined ? undefined : { near, over, calm: calm ?? near };
}

/** The signal that a stimulus moves; null when it moves none by itself. */
export function signalOf(stimulus: Stimulus): SignalName | null {
  return stimulusOf(stimulus.kind).signal(stimulus);
}

/**
 * Whether a run takes its stimulus to levels of its own: some are levels of what only virtual time
 * can show.
 */
export function isProvoked({ stimulus }: AlertContract): boolean {
  return levelsOf(stimulus) !== undefined && movesSignal(stimulus);
}

/** Whether its stimulus has levels that only virtual time can show. */
export function isVirtual(alert: AlertContract): boolean {
  return levelsOf(alert.stimulus) !== undefined && !isProvoked(alert);
}

/** The furthest that a stimulus can go to the side of its limit on which the alert fires. */
function furthest(alert: AlertContract, { near, over }: Levels): number {
  const level = stimulusOf(alert.stimulus.kind).level;
  return (over > near ? level?.max : level?.min) ?? over;
}

/** How far over the limit a surge goes: the further, the sooner a window of calm is over it. */
const SURGE = 20;

/** A level far over the limit, as far as the kind goes. */
export function surgeOf(alert: AlertContract, levels: Levels): number {
  const end = furthest(alert, levels);
  return levels.over > levels.near ? Math.min(end, levels.over * SURGE) : end;
}

export interface Blip {
  level: number;
  /** How long the level is held. */
  pulseMs: number;
  /** From the end of the pulse until the expression is on the quiet side for certain. */
  drainMs: number;
}

/**
 * A pulse that is surely seen by one evaluation and surely shorter than `for`.
 *
 * A gauge is over the limit for as long as the pulse: half of `for`. A windowed average follows
 * slowly: after a time t at level n+x it has risen by x·t/W, and after the pulse it falls by y·t/W,
 * y = n − calm. With g = over − near it is beyond `over` for (d − Wg/x)(1 + x/y) and beyond `near`
 * for d(1 + x/y): the first must be at least A = S + E (+ allowance), which gives d; the second
 * must be under F. Returns undefined when no pulse does both.
 */
export function blipOf(alert: AlertContract, levels: Levels, timing: Timing): Blip | undefined {
  const seenMs = timing.scrapeMs + timing.evaluationMs + timing.blipEpsilonMs;
  if (timing.windowMs === 0) {
    const pulseMs = Math.max(timing.forMs / 2, seenMs);
    return pulseMs + seenMs <= timing.forMs
      ? { level: levels.over, pulseMs, drainMs: 0 }
      : undefined;
  }
  const gap = Math.abs(levels.over - levels.near);
  const fall = Math.abs(levels.near - levels.calm);
  const direction = Math.sign(levels.over - levels.near);
  const rise = Math.min(10 * gap, Math.abs(furthest(alert, levels) - levels.near));
  const pulseMs = (timing.windowMs * gap) / rise + seenMs / (1 + rise / fall);
  const beyondNearMs = pulseMs * (1 + rise / fall);
  if (beyondNearMs + seenMs > timing.forMs) return undefined;
  return { level: levels.near + direction * rise, pulseMs, drainMs: beyondNearMs - pulseMs };
}

/**
 * Longest time until a window full of `over` is on the quiet side again when the level goes to
 * `calm`.
 */
export function drainFromOverMs(levels: Levels, timing: Timing): number {
  return (
    (timing.windowMs * Math.abs(levels.over - levels.near)) / Math.abs(levels.over - levels.calm)
  );
}

/** Time until a window full of `from` crosses `over` when the level goes to `to`. */
export function riseMs(levels: Levels, timing: Timing, from: number, to: number): number {
  return (timing.windowMs * Math.abs(levels.over - from)) / Math.abs(to - from);
}
