import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceEvidence, ServicePromise } from '../../model/conform.ts';
import type { Sample } from '../../model/exposition.ts';
import { advice } from '../finding.ts';
import type { CountedRequests, HttpRoles } from '../roles.ts';
import { grownAtRest, plainTemplate } from '../samples.ts';
import { templatesOf } from './ledger.ts';
import { heldOpen } from './steady.ts';

/** What is worth a word about a service, though it breaks no promise. */
export function adviceFor(
  evidence: ServiceEvidence,
  { job }: ServicePromise,
  roles: HttpRoles,
): LiveFinding[] {
  const { requests } = roles;
  const counted = requests && scrapesIn(evidence, requests);
  return [
    ...lacking(evidence, roles).map((title) =>
      advice('notCompared', { subject: job, where: 'contract.yaml', title }),
    ),
    ...(counted ? [countsScrapes(requests, counted)] : []),
  ];
}

/** What wasn't compared for want of a metric. */
function lacking(evidence: ServiceEvidence, { requests, durations, open }: HttpRoles): string[] {
  const stuck = requests ? undefined : open && heldOpen(evidence, open.name);
  return [
    ...(requests
      ? []
      : [
          "no counter or histogram has labels for method, route and status: counts weren't held against k6's",
        ]),
    ...(open && stuck
      ? [
          `\`${open.name}\` was ${stuck.rest} and is ${stuck.now}: no counter says that it is about requests`,
        ]
      : []),
    ...(durations
      ? []
      : ["no histogram has a label for the route: times weren't held against k6's"]),
  ];
}

/** What grows at rest, and was asked by nobody that is known. */
function scrapesIn(
  evidence: ServiceEvidence,
  { series, route }: CountedRequests,
): Sample | undefined {
  const asked = templatesOf(evidence.routes.map(({ template }) => ({ route: template ?? '' })));
  return grownAtRest(evidence, series).find(
    ({ labels }) => !asked.has(plainTemplate(labels[route] ?? '')),
  );
}

function countsScrapes({ metric, route }: CountedRequests, { labels }: Sample): LiveFinding {
  return advice('scrapesCounted', {
    subject: metric.name,
    where: metric.where,
    title: `\`${route}="${labels[route] ?? ''}"\` grows while nothing but the metrics is asked for`,
  });
}
