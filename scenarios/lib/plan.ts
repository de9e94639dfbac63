import exec from 'k6/execution';
import { Trend } from 'k6/metrics';
import type { LoadPlan, SignalStep } from '../../src/model/plan.ts';

/** The load of this run, from the file that the harness names. */
export const plan = JSON.parse(open(__ENV['LOAD_PLAN'] ?? '')) as LoadPlan;
/** Base URL of each service. */
export const urls = JSON.parse(__ENV['URLS'] ?? '{}') as Record<string, string>;

/** What setup() hands to every scenario. */
export interface Start {
  t0: number;
}

/** Longest answer that is waited for; far above the slowest one that is asked for. */
export const REQUEST_TIMEOUT = '5s';
/** At least the timeout, so that no request is cut off and the counts stay exact. */
export const GRACEFUL_STOP = '10s';
/** Every scenario lasts as long as the plan. */
export const duration = `${plan.lengthMs}ms`;

const stepAt = new Trend('step_at');

/** Puts down that a step of a signal was acted upon now. */
export function acted(step: SignalStep | undefined): void {
  if (step) stepAt.add(Date.now(), { step: step.step });
}

/** Steps of a signal; none when the plan doesn't move it. */
export function stepsOf(signal: string): SignalStep[] {
  return plan.signals[signal] ?? [];
}

/** This iteration's number in its scenario, and the time between T0 and the scenario's own start, ms. */
export function iteration(start: Start): { i: number; offsetMs: number } {
  return { i: exec.scenario.iterationInTest, offsetMs: exec.scenario.startTime - start.t0 };
}
