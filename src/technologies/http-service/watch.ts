import { splitTarget } from '../../lib/target.ts';
import type { Acting, ActingWorld } from '../running.ts';
import { ConnectionWatch } from './connections.ts';
import { requests } from './request-metrics.ts';

/** Watches the open connections of the jobs' services, where their number is judged or shown. */
export function watchConnections({
  plan,
  jobs,
  addresses,
  inContainers,
  disposal,
}: ActingWorld): Required<Pick<Acting, 'truths'>> {
  const isAsked = JSON.stringify([plan.metrics, plan.panels]).includes(requests.connections);
  if (!isAsked) return { truths: [] };
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
