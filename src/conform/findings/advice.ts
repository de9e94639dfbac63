import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../../model/conform.ts';
import type { Sample } from '../../model/exposition.ts';
import { advice } from '../finding.ts';
import type { CountedRequests, HttpRoles } from '../roles.ts';
import { grownAtRest } from '../samples.ts';

/** What is worth a word about a service, though it breaks no promise. */
export function adviceFor(
  { after }: Pick<ServiceEvidence, 'after'>,
  { job }: ServicePromise,
  { requests, durations }: HttpRoles,
): LiveFinding[] {
  const missing = [
    ...(requests
      ? []
      : ['no counter or histogram has labels for method, route and status: counts']),
    ...(durations ? [] : ['no histogram has a label for the route: times']),
  ];
  const counted = requests && grownAtRest(after, requests.series)[0];
  return [
    ...missing.map((what) =>
      advice('notCompared', {
        subject: job,
        where: 'contract.yaml',
        title: `${what} weren't held against k6's`,
      }),
    ),
    ...(requests && counted ? [countsScrapes(requests, counted)] : []),
  ];
}

function countsScrapes({ metric, route }: CountedRequests, { labels }: Sample): LiveFinding {
  return advice('scrapesCounted', {
    subject: metric.name,
    where: metric.where,
    title: `\`${route}="${labels[route] ?? ''}"\` grows while nothing but the metrics is asked for`,
  });
}
