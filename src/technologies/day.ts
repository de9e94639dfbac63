const HOUR_MS = 3_600_000;
/** It is six in the morning when the stack comes up: the first rush hour is near. */
const BEGIN_HOUR = 6;

/** A moment of an ordinary day. */
export interface Moment {
  /** How much is going on, 0 to 1. */
  busy: number;
  /** Since the stack came up, model minutes. */
  minutes: number;
}

/** The moment so long after T0 (model ms). */
export function momentAt(modelMs: number): Moment {
  return { busy: bustle(hourAt(modelMs)), minutes: modelMs / 60_000 };
}

/**
 * How much is going on at an hour of the day, 0 (the middle of the night) to 1 (rush hours, morning
 * and evening).
 */
export function bustle(hour: number): number {
  const rush = (middle: number, width: number): number =>
    Math.exp(-(((((hour - middle + 36) % 24) - 12) / width) ** 2));
  const day = (0.45 * (1 - Math.cos((2 * Math.PI * (hour - 3)) / 24))) / 2;
  return Math.min(1, 0.08 + day + 0.6 * rush(8, 1.6) + 0.55 * rush(17.5, 2));
}

/** The hour of the model's day (0 to 24) so long after T0. */
export function hourAt(modelMs: number): number {
  return (BEGIN_HOUR + modelMs / HOUR_MS) % 24;
}
