import type { K6Evidence } from '../../model/k6-evidence.ts';
import type { TimelineEntry } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';

/** What k6 did, from its own account of the first act of each step. */
export function k6Timeline(plan: Plan, t0: number, k6: K6Evidence): TimelineEntry[] {
  return Object.entries(plan.load.signals).flatMap(([signal, steps]) =>
    steps.flatMap((step) => {
      const done = k6.steps[step.step];
      return done
        ? [
            {
              step: step.step,
              signal,
              level: step.level,
              plannedAt: t0 + step.atMs,
              at: done.first,
              doneAt: done.first,
            },
          ]
        : [];
    }),
  );
}
