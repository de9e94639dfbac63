import type { SignalStep } from '../../src/model/plan.ts';

// Pure functions of the planned time: every virtual user comes to the same answer without speaking to another.

/** The step in force at a run time (ms after T0); before the first step, the first one. */
export function stepAt(steps: SignalStep[], runMs: number): SignalStep | undefined {
  let found = steps[0];
  for (const step of steps) {
    if (step.atMs > runMs) break;
    found = step;
  }
  return found;
}

/** ∫ level dt from 0 to `runMs`, level · seconds: how many events a signal in events per second has asked for. */
export function integral(steps: SignalStep[], runMs: number): number {
  let sum = 0;
  steps.forEach((step, i) => {
    const from = i === 0 ? 0 : step.atMs;
    const to = Math.min(runMs, steps[i + 1]?.atMs ?? Infinity);
    if (to > from) sum += (step.level * (to - from)) / 1000;
  });
  return sum;
}

/**
 * Whether iteration i of a constant arrival rate is one of the chosen share: exactly ⌊∑ share⌋ are, evenly spread.
 * The share is a step function of time; iteration i is planned at i / rate seconds after T0 (plus `offsetMs`).
 */
export function chosen(steps: SignalStep[], i: number, ratePerSecond: number, offsetMs: number): boolean {
  const at = (n: number): number => integral(steps, offsetMs + (n * 1000) / ratePerSecond) * ratePerSecond;
  return Math.floor(at(i + 1) + 1e-6) > Math.floor(at(i) + 1e-6);
}

/** Events that tick i of `ticksPerSecond` has to send of a signal in events per second. */
export function eventsInTick(steps: SignalStep[], i: number, ticksPerSecond: number, offsetMs: number, factor: number): number {
  const at = (n: number): number => Math.floor(integral(steps, offsetMs + (n * 1000) / ticksPerSecond) * factor + 1e-6);
  return at(i + 1) - at(i);
}
