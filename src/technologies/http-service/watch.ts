import { splitTarget } from '../../lib/target.ts';
import type { Acting, ActingWorld } from '../running.ts';
import { ConnectionWatch } from './connections.ts';

/** Watches the open connections of the jobs' services. */
export function watchConnections({
  jobs,
  addresses,
  inContainers,
  disposal,
}: ActingWorld): Required<Pick<Acting, 'truths'>> {
  const watched = jobs.map((job) => {
    const { host, port } = splitTarget(job.target);
    return { job: job.name, ip: addresses[host] ?? '127.0.0.1', port, scrapeMs: job.scrapeMs };
  });
  const watch = disposal.use(
    new ConnectionWatch(watched, inContainers ? 'client ends' : 'both ends'),
  );
  watch.start();
  return { truths: watch.truths };
}
