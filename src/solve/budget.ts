import { TooExpensive } from '../promql/evaluate/index.ts';
import type { Budget } from './bench.ts';
import type { Steady } from './steady.ts';

/** Samples that solving one alert may look at; far more than any honest rule needs. */
export const BUDGET = 8_000_000;
/** And of these on one way to set its world up, */
export const SETUP_BUDGET = 5_000_000;
/** on one stage of that, */
export const STAGE_BUDGET = 2_000_000;
/** and on pinning numbers once it is known how the alert fires. */
export const PIN_BUDGET = 900_000;
/** What it costs to look at a world once, but where windows lie within windows; */
const USUAL_LOOK = 5_000;
/** more than this is too much; */
const DEAREST_LOOK = 150_000;
/** in between the budgets are as many times larger, up to this. */
const MOST_TIMES = 6;

/** Where it costs more than usual to look at a world once, a search may look at more. */
export function allowMore(steady: Steady): void {
  const { budget } = steady.bench;
  const [start] = steady.starts;
  if (!start) return;
  const before = budget.samples;
  within(budget, DEAREST_LOOK, () => steady.verdict(start));
  const times = Math.min(MOST_TIMES, (before - budget.samples) / USUAL_LOOK);
  // What can hardly be looked at even once stays so.
  if (before - budget.samples >= DEAREST_LOOK || times <= budget.times) return;
  budget.samples += BUDGET * (times - budget.times);
  budget.times = times;
}

/**
 * Does no more work than so many samples cost; what was found until then counts.
 * @returns what the work gives, if it came to its end
 */
export function within<T>(budget: Budget, samples: number, work: () => T): T | undefined {
  const share = Math.min(Math.max(0, budget.samples), samples * budget.times);
  const rest = Math.max(0, budget.samples) - share;
  budget.samples = share;
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TooExpensive)) throw error;
    return undefined;
  } finally {
    budget.samples = Math.max(0, budget.samples) + rest;
  }
}
