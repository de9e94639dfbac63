import { virtualUsers } from '../../capacity-run/measure/load-figures.ts';
import type { CapacityLoad } from '../../model/capacity-load.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { Plan } from '../../model/plan.ts';
import { eventsOf, serviceOf } from '../../technologies/offered.ts';

const TIMEOUT_MS = 5_000;

/**
 * A dimension's load as one that lasts beside a plan, without what the plan itself sends to the
 * same services. Shares of requests that the plan makes fail or slow are shares of these too: else
 * they would be thinned out.
 */
export function backgroundOf(dimension: Dimension, load: number, plan: Plan): CapacityLoad {
  const services = [...new Set(dimension.limits.flatMap(({ part }) => part ?? []))];
  const urls = Object.fromEntries(
    plan.jobs.flatMap((job) => {
      const name = serviceOf(job.component);
      return name !== undefined && services.includes(name) ? [[name, `http://${job.target}`]] : [];
    }),
  );
  const events = eventsOf(dimension);
  const own = Object.keys(urls).reduce(
    (sum, name) => sum + (plan.load.arrivals[name]?.perSecond ?? 0),
    0,
  );
  const rate = Math.max(1, Math.round(load - own));
  const moved = plan.tracks.flatMap((track) => track.signal ?? []);
  const provoke = services.flatMap((part) =>
    (['errors', 'slow'] as const).flatMap((what) => {
      const signal = `load.${what}.${part}` as const;
      const steps = moved.some((name) => name === signal) ? plan.load.signals[signal] : undefined;
      return steps
        ? [
            {
              part,
              what,
              slowMs: plan.load.slowMs,
              steps: steps.map(({ atMs, level }) => ({ atMs, level })),
            },
          ]
        : [];
    }),
  );
  return {
    kind: events?.id ?? 'requests',
    rate,
    warmUpMs: 0,
    measuredMs: plan.load.lengthMs,
    virtualUsers: virtualUsers(rate, 1),
    timeoutMs: TIMEOUT_MS,
    urls,
    ...(events ? {} : { provoke }),
  };
}
