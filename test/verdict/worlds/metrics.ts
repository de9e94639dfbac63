import type { Evidence } from '../../../src/model/evidence.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { judgeMetrics } from '../../../src/verdict/metrics/index.ts';
import { measuredEvidence, measuredPlan } from '../../support/measured.ts';
import { brokenWorlds } from './world.ts';

export const REQUESTS = 'http_requests_total/backend';
export const CAMERAS = 'gtvision_cameras_offline/backend';
export const named = (e: Evidence, name: string): Evidence['metrics'] =>
  e.metrics.filter((s) => s.labels['__name__'] === name);

const BROKEN: [string, string[], (e: Evidence, p: Plan) => void][] = [
  [
    'nobody exports it',
    [`${CAMERAS} metric-missing`],
    (e) => {
      e.metrics = e.metrics.filter((s) => s.labels['__name__'] !== 'gtvision_cameras_offline');
    },
  ],
  [
    'another type',
    [`${CAMERAS} metric-wrong-type`],
    (e) => {
      e.metadata[2]!.type = 'counter';
    },
  ],
  [
    'no type',
    [`${CAMERAS} metric-wrong-type`],
    (e) => {
      e.metadata.length = 2;
    },
  ],
  [
    'a label too many',
    [`${CAMERAS} metric-wrong-labels`],
    (e) => {
      named(e, 'gtvision_cameras_offline')[0]!.labels['site'] = 'north';
    },
  ],
  [
    'a label too few',
    [`${CAMERAS} metric-wrong-labels`],
    (_, p) => {
      p.metrics[2]!.labels = ['site'];
    },
  ],
  [
    'exported by others too',
    ['gtvision_cameras_offline/node metric-foreign'],
    (e) => {
      e.metrics.push({
        ...named(e, 'gtvision_cameras_offline')[0]!,
        labels: { __name__: 'gtvision_cameras_offline', job: 'node' },
      });
    },
  ],
  [
    'more series than promised',
    [`${REQUESTS} too-many-series`],
    (_, p) => {
      p.metrics[0]!.series = 2;
    },
  ],
  [
    'fewer series than promised',
    [`${REQUESTS} metric-missing`],
    (_, p) => {
      p.metrics[0]!.least = 4;
    },
  ],
  [
    'no bucket where an alert has its limit',
    ['http_request_duration_seconds/backend metric-wrong-labels'],
    (_, p) => {
      p.metrics[1]!.buckets = [0.25, 1];
    },
  ],
  [
    'no series of what is known from outside',
    [`${CAMERAS} value-differs`],
    (e) => {
      e.truth[0]!.labels = { site: 'north' };
    },
  ],
  [
    'a raw path',
    [`${REQUESTS} raw-path-in-label`, `${REQUESTS} count-differs`],
    (e) => {
      for (const s of named(e, 'http_requests_total').slice(0, 2))
        s.labels['endpoint'] = '/api/users/17';
    },
  ],
  [
    'a raw path in what is not counted',
    [`${CAMERAS} raw-path-in-label`],
    (e, p) => {
      p.metrics[2]!.labels = ['endpoint'];
      named(e, 'gtvision_cameras_offline')[0]!.labels['endpoint'] = '/api/users/17';
    },
  ],
  [
    'one request too few',
    [`${REQUESTS} count-differs`],
    (e) => {
      named(e, 'http_requests_total')[0]!.samples.at(-1)![1]--;
    },
  ],
  [
    'one request too many',
    [`${REQUESTS} count-differs`],
    (e) => {
      named(e, 'http_requests_total')[0]!.samples.at(-1)![1]++;
    },
  ],
  [
    'a route that nobody asked for',
    [`${REQUESTS} count-differs`],
    (e, p) => {
      p.metrics[0]!.series = 4;
      e.metrics.push({
        ...named(e, 'http_requests_total')[0]!,
        labels: { ...named(e, 'http_requests_total')[0]!.labels, endpoint: '/other' },
      });
    },
  ],
  [
    'an answer that no scenario foresaw',
    [`${REQUESTS} count-differs`, 'http_request_duration_seconds/backend count-differs'],
    (e) => {
      e.k6!.counts.push({
        service: 'backend',
        span: 'life 1',
        method: 'other',
        name: 'other',
        status: 'other',
        count: 1,
      });
    },
  ],
  [
    'a gauge that is one off',
    [`${CAMERAS} value-differs`],
    (e) => {
      named(e, 'gtvision_cameras_offline')[0]!.samples[3]![1] = 6;
    },
  ],
  [
    'a gauge that is set too late',
    [`${CAMERAS} value-differs`],
    (e) => {
      named(e, 'gtvision_cameras_offline')[0]!.samples[33]![1] = 5;
    },
  ],
  [
    'a quantile in the next bucket',
    ['http_request_duration_seconds/backend quantile-differs'],
    (e) => {
      e.answers['q']![0]!.value = 0.26;
    },
  ],
  [
    'a quantile that is no number',
    ['http_request_duration_seconds/backend quantile-differs'],
    (e) => {
      e.answers['q']![0]!.value = NaN;
    },
  ],
];

/** What is judged of a world in which everything agrees, after a change. */
export function judgedMetrics(change: (evidence: Evidence, plan: Plan) => void): Verdict[] {
  const plan = measuredPlan();
  const evidence = measuredEvidence(plan);
  change(evidence, plan);
  return judgeMetrics(plan, evidence);
}

/** Worlds in which a metric breaks a promise. */
export const METRIC_WORLDS = brokenWorlds(BROKEN, judgedMetrics);
