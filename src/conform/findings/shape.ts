import type { LiveFinding } from '../../model/attach.ts';
import type { ServiceMetric, ServicePromise } from '../../model/conform.ts';
import type { Scrape } from '../../model/exposition.ts';
import { finding } from '../finding.ts';
import { ofFamily } from '../samples.ts';

/** Prometheus's text format and OpenMetrics (prometheus.io/docs, "Content negotiation"). */
const CONTENT_TYPE = /^(text\/plain|application\/openmetrics-text)\b/;
/** Labels that a family's own parts have beside those of the metric. */
const PARTS = ['le', 'quantile'];

/**
 * What one scrape says by itself: format, names, types, labels, and what is none of the service's
 * business.
 */
export function shapeFindings(scrape: Scrape, promise: ServicePromise): LiveFinding[] {
  const own = new Set(promise.metrics.map(({ name }) => name));
  return [
    ...formatFindings(scrape, promise.job),
    ...promise.metrics.flatMap((metric) => metricFindings(scrape, metric)),
    ...promise.foreign
      .filter((name) => ofFamily(scrape, name).some((sample) => !own.has(sample.name)))
      .map((name) =>
        finding('foreign', {
          subject: name,
          where: '/metrics',
          title: `${promise.job} exports it, and it belongs to another service`,
        }),
      ),
  ];
}

function formatFindings({ contentType, unread }: Scrape, job: string): LiveFinding[] {
  const about = { subject: job, where: '/metrics' };
  return [
    ...(CONTENT_TYPE.test(contentType)
      ? []
      : [finding('contentType', { ...about, title: `the content type is \`${contentType}\`` })]),
    ...(unread === 0
      ? []
      : [finding('unread', { ...about, title: `${unread} lines are no exposition` })]),
  ];
}

function metricFindings(scrape: Scrape, metric: ServiceMetric): LiveFinding[] {
  const { name, type, labels, where } = metric;
  const about = { subject: name, where };
  const declared = scrape.types[name] ?? scrape.types[name.replace(/_total$/, '')];
  const samples = ofFamily(scrape, name);
  if (declared === undefined && samples.length === 0)
    return [finding('missing', { ...about, title: '/metrics has no such metric' })];
  // A metric with labels has no series before the first request; one without has its one at once.
  if (samples.length === 0 && labels.length === 0)
    return [finding('missing', { ...about, title: 'it is declared and has no value' })];
  const wrongLabels = samples
    .map((sample) => Object.keys(sample.labels).filter((label) => !PARTS.includes(label)))
    .find((own) => own.sort().join() !== [...labels].sort().join());
  return [
    ...(declared === undefined || declared === type
      ? []
      : [finding('type', { ...about, title: `it is a ${declared}, and a ${type} is promised` })]),
    ...(wrongLabels === undefined
      ? []
      : [
          finding('labels', {
            ...about,
            title: `its labels are ${list(wrongLabels)}, and ${list(labels)} are promised`,
          }),
        ]),
  ];
}

function list(labels: string[]): string {
  return labels.length === 0 ? 'none' : labels.map((label) => `\`${label}\``).join(', ');
}
