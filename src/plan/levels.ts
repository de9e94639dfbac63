import type { AlertContract, Stimulus, StimulusKind } from '../model/contract.ts';
import type { SignalName, Timing } from '../model/plan.ts';
import { BLIP_EPSILON_MS } from './timing.ts';

/** The furthest level a stimulus of this kind can reach. */
const EXTREME: Partial<Record<StimulusKind, number>> = {
  'host-cpu': 1,
  'request-errors': 1,
  'request-latency': 1,
  'recording-errors': Infinity,
  'redis-hits': 0,
};

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

/** The signal that a stimulus moves. */
export function signalOf(stimulus: Stimulus): SignalName | null {
  switch (stimulus.kind) {
    case 'host-cpu':
    case 'host-memory':
    case 'disk-free':
    case 'postgres-connections':
    case 'redis-hits':
    case 'queued-messages':
    case 'stored-objects':
      return stimulus.kind;
    case 'request-errors':
      return `load.errors.${stimulus.service ?? ''}`;
    case 'request-latency':
      return `load.slow.${stimulus.service ?? ''}`;
    case 'streams':
      return 'load.streams';
    case 'cameras-offline':
      return 'load.cameras-offline';
    case 'recording-errors':
      return 'load.recording-errors';
    case 'outage':
    case 'always':
      return null;
  }
}

/** How far over the limit a surge goes: the further, the sooner a window of calm is over it. */
const SURGE = 20;

/** A level far over the limit, as far as the kind goes. */
export function surgeOf(alert: AlertContract, levels: Levels): number {
  return Math.min(EXTREME[alert.stimulus.kind] ?? Infinity, levels.over * SURGE);
}

export interface Blip {
  level: number;
  /** How long the level is held, run ms. */
  pulseMs: number;
  /** From the end of the pulse until the expression is on the quiet side for certain, run ms. */
  drainMs: number;
}

/**
 * A pulse that is surely seen by one evaluation and surely shorter than `for`.
 *
 * A gauge is over the limit for as long as the pulse: half of `for`. A windowed average follows slowly:
 * after a time t at level n+x it has risen by x·t/W, and after the pulse it falls by y·t/W, y = n − calm.
 * With g = over − near it is beyond `over` for (d − Wg/x)(1 + x/y) and beyond `near` for d(1 + x/y):
 * the first must be at least A = S + E (+ allowance), which gives d; the second must be under F.
 * Returns undefined when no pulse does both.
 */
export function blipOf(alert: AlertContract, levels: Levels, timing: Timing): Blip | undefined {
  const seenMs = timing.scrapeMs + timing.evaluationMs + BLIP_EPSILON_MS;
  if (timing.windowMs === 0) {
    const pulseMs = Math.max(timing.forMs / 2, seenMs);
    return pulseMs + seenMs <= timing.forMs
      ? { level: levels.over, pulseMs, drainMs: 0 }
      : undefined;
  }
  const gap = Math.abs(levels.over - levels.near);
  const fall = Math.abs(levels.near - levels.calm);
  const direction = Math.sign(levels.over - levels.near);
  const rise = Math.min(
    10 * gap,
    Math.abs((EXTREME[alert.stimulus.kind] ?? Infinity) - levels.near),
  );
  const pulseMs = (timing.windowMs * gap) / rise + seenMs / (1 + rise / fall);
  const beyondNearMs = pulseMs * (1 + rise / fall);
  if (beyondNearMs + seenMs > timing.forMs) return undefined;
  return { level: levels.near + direction * rise, pulseMs, drainMs: beyondNearMs - pulseMs };
}

/** Longest time until a window full of `over` is on the quiet side again when the level goes to `calm`, run ms. */
export function drainFromOverMs(levels: Levels, timing: Timing): number {
  return (
    (timing.windowMs * Math.abs(levels.over - levels.near)) / Math.abs(levels.over - levels.calm)
  );
}

/** Time until a window full of `from` crosses `over` when the level goes to `to`, run ms. */
export function riseMs(levels: Levels, timing: Timing, from: number, to: number): number {
  return (timing.windowMs * Math.abs(levels.over - from)) / Math.abs(to - from);
}
