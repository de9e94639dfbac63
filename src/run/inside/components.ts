import { answers } from '../../lib/http.ts';
import type { Plan } from '../../model/plan.ts';
import type { RemoteComponent } from '../../runtimes/remote/remote-runtime.ts';
import { READY_MS } from '../../technologies/processes.ts';
import type { ContainerWorld } from '../events.ts';

/**
 * Every program of the run as containers: what each job scrapes, and the services behind it, of
 * which the harness outside waits for the health.
 */
export function containersOf(plan: Pick<Plan, 'jobs'>, world: ContainerWorld): RemoteComponent[] {
  const scrapedJobs = plan.jobs.map((job) => ({
    name: job.name,
    knownAs: world.services[job.name] ?? job.name,
    ready: () => answers(`http://${job.target}${job.metricsPath}`),
    readyWithinMs: READY_MS,
  }));
  // A job may have the name of the database that it is about.
  const backing = world.backing.map((service) => ({
    name: `service ${service}`,
    knownAs: service,
    ready: () => Promise.resolve(),
    readyWithinMs: READY_MS,
  }));
  return [...scrapedJobs, ...backing];
}
