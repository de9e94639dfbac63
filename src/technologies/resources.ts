import type { JobContract, Stimulus } from '../model/contract.ts';
import { stimulusOf, technologyOf } from './registry.ts';

/**
 * Something in the world that only one stimulus can set at a time: `technology:host:port/part`,
 * such as `redis:redis-exporter:9121/keyspace`. Without a part, all of what runs behind the target.
 */
export type Resource = `${string}:${string}`;

/** What has to be known of a job. */
export type Occupied = Pick<JobContract, 'target' | 'component'>;

/** All of what runs behind a job's target: what its outage takes. */
export function resourceOfJob({ component, target }: Occupied): Resource {
  return `${technologyOf(component)}:${target}`;
}

/**
 * The resources that a stimulus takes while it lasts. Two stimuli whose resources {@link collide}
 * can't be done at the same time, unless both want the same level.
 * @param jobs the jobs that it may act upon: those of the contract, narrowed by the alert's labels
 * where it names some. An `outage` takes each of them as a whole
 */
export function resourcesOf(stimulus: Stimulus, jobs: Occupied[]): Resource[] {
  if (stimulus.kind === 'outage') return jobs.map(resourceOfJob);
  return stimulusOf(stimulus.kind)
    .occupies(stimulus)
    .flatMap(({ component, part }) =>
      jobs
        .filter((job) => job.component === component)
        .map((job): Resource => `${resourceOfJob(job)}/${part}`),
    );
}

/**
 * Whether two resources get in each other's way: they are the same, or one is a part of the other.
 */
export function collide(a: Resource, b: Resource): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
