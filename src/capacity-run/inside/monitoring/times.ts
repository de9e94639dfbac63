import type { Plan } from '../../../model/plan.ts';

/** The stack's scrape interval, at the plan's speed, ms. */
export function scrapeIntervalMs(plan: Plan): number {
  return Math.max(...plan.jobs.map(({ scrapeMs }) => scrapeMs));
}
