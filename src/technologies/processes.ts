import { answers } from '../lib/http.ts';
import { splitTarget } from '../lib/target.ts';
import type { ProcessComponent } from '../runtimes/runtime.ts';
import { RUNNING_TECHNOLOGIES } from './run-registry.ts';
import type { Place } from './running.ts';

/**
 * What ends instead is told at once; this is for what lives and is slow, as a container is on a
 * machine that boots a dozen of them. A component that comes back late spoils its own outage, which
 * is done again; one that doesn't ends the whole run.
 */
export const READY_MS = 60_000;

/**
 * Every program of the run: what each job of the plan scrapes, under the job's name, and what
 * stands behind it. Prometheus hands out its targets 5 s after its start whatever else happens: it
 * comes first, all others beside it.
 */
export function processesOf(place: Place): ProcessComponent[] {
  const { jobs } = place.plan;
  const first = (job: Place['plan']['jobs'][number]): number =>
    Number(job.component === 'prometheus');
  return [
    ...[...jobs].sort((a, b) => first(b) - first(a)).map((job) => scraped(place, job)),
    ...RUNNING_TECHNOLOGIES.filter(({ processes }) =>
      jobs.some(({ component }) => processes[component]),
    ).flatMap(({ backing }) => backing?.(place) ?? []),
  ];
}

/**
 * @throws Error when no technology runs the job's component: a contract that was read names none
 * such
 */
function scraped(place: Place, job: Place['plan']['jobs'][number]): ProcessComponent {
  const { host, port } = splitTarget(job.target);
  const ip = place.addresses[host] ?? '127.0.0.1';
  const start = RUNNING_TECHNOLOGIES.flatMap(({ processes }) => processes[job.component] ?? [])[0];
  if (!start) throw new Error(`no technology runs the component ${job.component} of ${job.name}`);
  return {
    name: job.name,
    ready: () => answers(`http://${job.target}${job.metricsPath}`),
    readyWithinMs: READY_MS,
    ...start(place, { name: job.name, ip, port, listen: `${ip}:${port}` }),
  };
}
