import { COMPONENT } from '../lib/components.ts';
import { componentSignal, isLoad } from '../lib/plan-names.ts';
import { toldWithinMs } from '../lib/formulas.ts';
import type { Provocation } from '../model/plan.ts';
import type { Spec } from '../model/spec.ts';
import { levelsOf, signalOf } from './levels.ts';
import { outageJobs } from './outage-jobs.ts';
import { timingFor } from './timings.ts';
import type { Timings } from './timings.ts';

const CLEARLY = 3;

/**
 * What makes each alert happen by itself: one for each state alert, one for each job that can be
 * stopped and told of.
 */
export function provocationsOf(spec: Spec, timings: Timings): Provocation[] {
  return spec.contract.alerts.flatMap((alert): Provocation[] => {
    const timing = timingFor(timings, alert);
    const within = toldWithinMs(timing);
    if (alert.stimulus.kind === 'outage')
      return outageJobs(spec, alert)
        .filter((job) => !job.toldBySilence)
        .map((job) => ({
          name: `${alert.name}/${job.name}`,
          signal: componentSignal(job.name),
          level: COMPONENT.stopped,
          toldWithinMs: within,
        }));
    const signal = signalOf(alert.stimulus);
    const levels = levelsOf(alert.stimulus);
    // The load of an ordinary day is thin and random: a share of it has to be well over the limit
    // to stay over it.
    const clear = signal !== null && isLoad(signal) && alert.windowMs > 0 ? CLEARLY : 1;
    return signal && levels
      ? [{ name: alert.name, signal, level: levels.over * clear, toldWithinMs: within }]
      : [];
  });
}
