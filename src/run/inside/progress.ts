import type { Plan } from '../../model/plan.ts';
import type { RunEvent } from '../events.ts';

/** How long the stack takes to start by the plan, run ms. */
export function startOf(plan: Plan): number {
  return plan.criticalPath
    .filter((entry) => entry.name.startsWith('start'))
    .reduce((sum, entry) => sum + entry.ms, 0);
}

/** Where the tracks are now. */
export function progress(plan: Plan, t0: number): RunEvent {
  const nowMs = Date.now() - t0;
  const now = plan.tracks.flatMap((track) =>
    track.steps
      .filter((step) => step.startMs <= nowMs && nowMs < step.endMs)
      .map((step) => `${track.id} ${step.phase}`),
  );
  return {
    type: 'update',
    phase: 'running',
    doneMs: nowMs,
    totalMs: plan.lengthMs,
    waitingFor: now.join(', '),
  };
}
