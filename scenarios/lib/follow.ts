import { sleep } from 'k6';
import type { Scenario } from 'k6/options';
import type { SignalStep } from '../../src/model/track.ts';
import { GRACEFUL_STOP, acted, duration, plan, stepsOf } from './plan.ts';
import type { Start } from './plan.ts';
import { nextStepMs, stepAt } from './schedule.ts';

/**
 * How often the world is looked at between two steps, ms: a service that was restarted has
 * forgotten. Not more often, because each look is a request too, and thins out the share of errors
 * among all of them.
 */
const EVERY_MS = 500;

/**
 * One virtual user that follows one signal for the whole run; no scenario at all when the plan
 * doesn't move it.
 */
export function follower(signal: string, name: string): Record<string, Scenario> {
  if (stepsOf(signal).length === 0) return {};
  return {
    [name]: {
      executor: 'per-vu-iterations',
      vus: 1,
      iterations: 1,
      maxDuration: duration,
      gracefulStop: GRACEFUL_STOP,
      exec: name,
    },
  };
}

/**
 * Calls `act` with the step in force at once, again at the exact time of each step, and whenever
 * else it wants, until the plan ends.
 * @param act does what is due and returns the run time (ms) at which it wants to be called again
 */
export function follow(
  signal: string,
  start: Start,
  act: (step: SignalStep, runMs: number) => number,
): void {
  const steps = stepsOf(signal);
  for (let runMs = Date.now() - start.t0; runMs < plan.lengthMs; runMs = Date.now() - start.t0) {
    const step = stepAt(steps, runMs);
    if (!step) return;
    const wanted = runMs < 0 ? 0 : act(step, runMs);
    const until = Math.min(wanted, nextStepMs(steps, runMs), plan.lengthMs);
    sleep(Math.max(1, until - (Date.now() - start.t0)) / 1000);
  }
}

/** Whether the world had to be brought to a level, was there, or couldn't be brought there. */
export type Adjusted = 'adjusted' | 'as it should be' | 'failed';

/**
 * Holds something countable at the level of a signal: at each step, and again and again in between.
 * A step counts as acted upon when the world is at its level, and each time it has to be brought
 * back there.
 * @param adjust brings the world to the level; says whether it had to, or `failed` when it couldn't
 */
export function hold(signal: string, start: Start, adjust: (level: number) => Adjusted): void {
  let reached = '';
  follow(signal, start, (step) => {
    const outcome = adjust(step.level);
    if (outcome === 'adjusted' || (outcome === 'as it should be' && reached !== step.step))
      acted(step);
    if (outcome !== 'failed') reached = step.step;
    return Date.now() - start.t0 + EVERY_MS;
  });
}
