import type { SignalName } from '../../../model/plan.ts';

const HOUR_MS = 3_600_000;
/** It is six in the morning when the stack comes up: the first rush hour is near. */
const BEGIN_HOUR = 6;
/** A camera loses its connection about this often, and for this long (model minutes). */
const FLAP_EVERY_MIN = 47;
const FLAP_MIN = 4;

/** How much is going on at an hour of the day, 0 (the middle of the night) to 1 (rush hours, morning and evening). */
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

/**
 * The world of an ordinary day, so long after T0 (model ms): every level well on the quiet side of every limit,
 * moving with the hours, with a camera that flaps now and then.
 */
export function dayLevels(modelMs: number): Record<SignalName, number> {
  const busy = bustle(hourAt(modelMs));
  const minutes = modelMs / 60_000;
  const flaps = minutes % FLAP_EVERY_MIN < FLAP_MIN ? 3 : 0;
  return {
    'load.requests': busy,
    'load.streams': Math.round(2 + 10 * busy),
    'load.recordings': Math.round(1 + 8 * busy),
    'load.cameras-offline': 2 + flaps,
    'load.recording-errors': 0.01 * busy,
    'load.errors.backend': 0.004,
    'load.slow.ai': 0.005,
    'host-cpu': 0.12 + 0.45 * busy,
    'host-memory': 0.38 + 0.2 * busy,
    'disk-free': 0.6 - 0.02 * Math.sin(minutes / 240),
    'postgres-connections': 0.12 + 0.35 * busy,
    'redis-hits': 0.94 - 0.08 * busy,
    'queued-messages': Math.round(5 + 120 * busy),
    'stored-objects': 0.32 + 0.04 * Math.sin(minutes / 300),
  };
}
