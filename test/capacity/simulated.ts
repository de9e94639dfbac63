import type { Tried } from '../../src/capacity/bracket.ts';
import { nextStep } from '../../src/capacity/search.ts';
import type { Next, SearchOptions } from '../../src/capacity/search.ts';
import type { SaturationPoint } from '../../src/model/saturation.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const OPTIONS: SearchOptions = {
  start: 250,
  max: 64_000,
  tolerance: 0.05,
  repetitions: 3,
  attempts: 3,
};

/**
 * An M/M/1 queue's 95th percentile: the time in the system is exponential with rate µ − λ, so p95 =
 * ln 20 ÷ (µ − λ); without end from µ on.
 * @param noise how far the service rate strays from step to step, as a share
 */
export function queue(
  ratePerSecond: number,
  limitSeconds: number,
  noise: number,
  random: () => number,
): (load: number) => Tried['outcome'] {
  return (load) => {
    const rate = ratePerSecond * (1 + noise * (2 * random() - 1));
    return load < rate && Math.log(20) / (rate - load) <= limitSeconds ? 'holds' : 'breaks';
  };
}

/** The load at which the same queue without noise reaches its limit. */
export function trueSaturationPoint(ratePerSecond: number, limitSeconds: number): number {
  return ratePerSecond - Math.log(20) / limitSeconds;
}

/** Runs the search against a system; the last answer of the search, and the steps that it took. */
export function search(
  options: SearchOptions,
  system: (load: number, step: number) => Pick<Tried, 'outcome' | 'why'>,
  most = 300,
): { saturationPoint: SaturationPoint; tried: Tried[] } {
  const tried: Tried[] = [];
  for (;;) {
    const next: Next = nextStep(options, tried);
    if (next.kind === 'done') return { saturationPoint: next.saturationPoint, tried };
    if (tried.length >= most)
      throw new Error(`no end after ${most} steps: ${JSON.stringify(tried.slice(-5))}`);
    tried.push({
      ...system(next.load, tried.length),
      repetition: next.repetition,
      load: next.load,
      reason: next.reason,
    });
  }
}
