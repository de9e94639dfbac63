import type { RecordedWorld } from '../../model/recorded-world.ts';

/**
 * The one time axis of a page: run time in ms after T0, and what it is on the stack's own clock.
 */
export interface TimeAxis {
  /** T0, epoch ms; null when the run never got there. */
  t0: number | null;
  lengthMs: number;
  speed: number;
}

/** The same axis for another world: its own T0 and speed, over as much of the stack's own time. */
export function axisOf(axis: TimeAxis, { plan, evidence }: RecordedWorld): TimeAxis {
  return {
    t0: evidence.t0,
    speed: plan.speed,
    lengthMs: (axis.lengthMs * axis.speed) / plan.speed,
  };
}

/** Room for about this many labels. */
const LABELS = 10;
/** Distances of labels that people can reckon with, seconds of the run. */
const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

/** Run time of an epoch time, ms after T0. */
export function sinceT0(axis: TimeAxis, at: number): number {
  return at - (axis.t0 ?? at);
}

/** A place on the axis, from 0% to 100%. */
export function place(axis: TimeAxis, ms: number): string {
  const share = Math.max(0, Math.min(1, ms / axis.lengthMs));
  return `${Number((share * 100).toFixed(2))}%`;
}

/** A stretch of the axis; never so short that it can't be seen. */
export function extent(axis: TimeAxis, fromMs: number, toMs: number): string {
  const share = (Math.min(axis.lengthMs, toMs) - Math.max(0, fromMs)) / axis.lengthMs;
  return `${Number(Math.max(0.15, share * 100).toFixed(2))}%`;
}

/** `16.98 s`. */
export function runSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** The stack's own time as a clock shows it: `4:15`, `1:02:03`. */
export function ownClock(axis: TimeAxis, ms: number): string {
  const seconds = Math.round((ms * axis.speed) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${h > 0 ? `${h}:${String(m).padStart(2, '0')}` : m}:${String(s).padStart(2, '0')}`;
}

/** Where the axis is labelled, run ms. */
export function ticks(axis: TimeAxis): number[] {
  const step =
    (STEPS_SECONDS.find((seconds) => seconds * 1000 * LABELS >= axis.lengthMs) ?? 7_200) * 1000;
  return Array.from({ length: Math.floor(axis.lengthMs / step) + 1 }, (_, i) => i * step);
}
