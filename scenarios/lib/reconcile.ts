import { sleep } from 'k6';
import { acted, plan, stepsOf } from './plan.ts';
import type { Start } from './plan.ts';
import { stepAt } from './schedule.ts';

/** How often the world is looked at between two steps, ms: a service that was restarted has forgotten. */
const EVERY_MS = 250;

/**
 * Holds something countable at the level of a signal until the plan ends: at each step at once, and again and again
 * in between. `adjust` brings the world to the level and says whether it could.
 */
export function reconcile(signal: string, start: Start, adjust: (level: number) => boolean): void {
  const steps = stepsOf(signal);
  if (steps.length === 0) return;
  let reported = '';
  for (;;) {
    const runMs = Date.now() - start.t0;
    if (runMs >= plan.lengthMs) return;
    const step = stepAt(steps, Math.max(0, runMs));
    if (step && runMs >= 0 && adjust(step.level) && reported !== step.step) {
      acted(step);
      reported = step.step;
    }
    const next = steps.find((s) => s.atMs > runMs)?.atMs ?? Infinity;
    sleep(Math.max(1, Math.min(EVERY_MS, start.t0 + next - Date.now())) / 1000);
  }
}
