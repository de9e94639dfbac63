import { until } from '../../lib/wait.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { UnscrapedTarget } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';

export const UP_WITHIN_MS = 90_000;
/**
 * A target that answers the harness, and whose scrapes go on failing for this long, isn't only
 * slow, ms.
 */
const FAILING_MS = 6_000;
/**
 * What Prometheus says of a scrape that ran out of time: that may be the machine
 * (scrape/scrape.go).
 */
const TIMED_OUT = 'context deadline exceeded';

/**
 * Waits until every target is up. Each component has answered the harness before: one that
 * Prometheus goes on failing to scrape, for a reason other than time, has a fault of its own and is
 * left behind.
 * @returns those, with Prometheus's own words
 * @throws HarnessError when targets stay down without such a reason
 */
export async function waitForTargets(
  plan: Plan,
  prometheus: PrometheusApi,
  signal: AbortSignal,
): Promise<UnscrapedTarget[]> {
  // By the clock that nobody sets: a step of the other would make a fault of a slow start.
  const now = (): number => performance.now();
  const failingSince = new Map<string, number>();
  return until(
    async () => {
      const targets = await prometheus.targets();
      const stateOf = (job: string): { health: string; lastError: string } =>
        targets.find((target) => target.job === job) ?? { health: 'unknown', lastError: '' };
      const down = plan.jobs
        .map(({ name }) => ({ job: name, ...stateOf(name) }))
        .filter(({ health }) => health !== 'up');
      for (const { job, lastError } of down)
        if (lastError !== '' && !lastError.includes(TIMED_OUT))
          failingSince.set(job, failingSince.get(job) ?? now());
        else failingSince.delete(job);
      const waiting = down.filter(
        ({ job }) => now() - (failingSince.get(job) ?? now()) < FAILING_MS,
      );
      if (waiting.length > 0)
        throw new Error(
          `not up: ${waiting.map(({ job, lastError }) => [job, lastError].filter(Boolean).join(': ')).join('; ')}`,
        );
      return down.map(({ job, lastError }) => ({ job, error: lastError }));
    },
    { what: 'every target is up', timeoutMs: UP_WITHIN_MS, everyMs: 50, signal },
  );
}
