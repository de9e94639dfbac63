import { eventsOf, serviceOf } from '../../../technologies/offered.ts';
import type { DriverPlace } from '../driver.ts';

/** A service that is loaded. */
export interface LoadedService {
  /** What it is called in limits and figures. */
  name: string;
  /** Its job in the stack at hand. */
  job: string;
  base: string;
}

/** Who is loaded. `requests`: all; `requests/api`: that one; events: who takes them. */
export function loadedServices({ dimension, plan }: DriverPlace): LoadedService[] {
  const one = eventsOf(dimension)?.service ?? dimension.id.split('/')[1];
  const names = dimension.limits.flatMap(({ part }) => part ?? []);
  return plan.jobs.flatMap((job) => {
    const name = serviceOf(job.component);
    return name !== undefined && names.includes(name) && (one === undefined || name === one)
      ? [{ name, job: job.name, base: `http://${job.target}` }]
      : [];
  });
}
