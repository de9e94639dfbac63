import { stepName } from '../../lib/plan-names.ts';
import { inactiveWithinMs, receivedWithinMs } from '../../lib/formulas.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';

/**
 * A component that answered again so late that the end of its outage was told beyond the time kept
 * free for it.
 */
export interface LateReturn {
  track: string;
  job: string;
  /** When it answered, epoch ms. */
  at: number;
  reason: string;
}

/**
 * Components that came back later than the plan has room for: what follows in the run may have got
 * in the way.
 */
export function lateReturns(plan: Plan, evidence: Evidence): LateReturn[] {
  return plan.tracks.flatMap(({ id, alert, labels, steps }): LateReturn[] => {
    const step = steps.findLast(({ phase }) => phase === 'return');
    const timing = plan.alerts.find((one) => one.alert === alert)?.timing;
    const done = evidence.timeline.find(
      (entry) => entry.step === stepName({ track: id, phase: 'return' }),
    );
    if (!step || !timing || !done || evidence.t0 === null) return [];
    const roomMs = inactiveWithinMs(timing) + receivedWithinMs(timing, 'resolved');
    const lateMs = done.doneAt - (evidence.t0 + step.endMs - roomMs);
    const job = labels['job'] ?? '';
    const reason = `${job} came back ${Math.round(lateMs)} ms later than there was room for`;
    return lateMs > 0 ? [{ track: id, job, at: done.doneAt, reason }] : [];
  });
}
