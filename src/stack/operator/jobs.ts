import { parseDurationMs } from '../../lib/duration.ts';
import type { MadeJob, ScrapeDefaults, ScrapeJob } from '../prometheus.ts';
import { readStatics, renamesIn } from '../prometheus.ts';
import type { StackDocument } from '../source/documents.ts';
import type { Value } from '../source/value.ts';
import { ofPod, ofService } from './discovered-jobs.ts';
import { ofProbe, ofScrapeConfig } from './named-jobs.ts';

type Defaults = Pick<ScrapeDefaults, 'scrapeIntervalMs' | 'scrapeTimeoutMs'>;

/**
 * The scrape jobs that the operator makes of a monitor (pkg/prometheus/promcfg.go), by the kind of
 * resource.
 */
export function jobsOf(document: StackDocument, defaults: Defaults): ScrapeJob[] {
  const { root, namespace } = document;
  const spec = root.get('spec');
  const full = `${namespace ?? 'default'}/${root.at('metadata', 'name').text() ?? ''}`;
  const endpoints = (key: string, prefix: string, made: typeof ofService): ScrapeJob[] =>
    spec
      .get(key)
      .items()
      .map((endpoint, i) => {
        const name = `${prefix}/${full}/${i}`;
        return discovered(name, endpoint, defaults, made(document, endpoint, name));
      });
  switch (root.get('kind').text() ?? '') {
    case 'ServiceMonitor':
      return endpoints('endpoints', 'serviceMonitor', ofService);
    case 'PodMonitor':
      return endpoints('podMetricsEndpoints', 'podMonitor', ofPod);
    case 'Probe':
      return [probe(`probe/${full}`, spec, defaults, document)];
    case 'ScrapeConfig':
      return [scrapeConfig(`scrapeConfig/${full}`, spec, defaults, document)];
    default:
      return [];
  }
}

/**
 * Its targets, and the label `job` of their series, come from the services or pods that are found.
 */
function discovered(name: string, endpoint: Value, defaults: Defaults, made: MadeJob): ScrapeJob {
  return {
    ...times(endpoint, 'interval', defaults),
    name,
    value: endpoint,
    made,
    metricsPath: endpoint.get('path').text() ?? '/metrics',
    statics: [],
    targets: undefined,
    labels: undefined,
    jobLabel: undefined,
    renames: renamesIn(endpoint.get('metricRelabelings'), 'targetLabel'),
  };
}

/** A prober is asked about each target: the target's address becomes the label `instance`. */
function probe(name: string, spec: Value, defaults: Defaults, document: StackDocument): ScrapeJob {
  const targets = spec.at('targets', 'staticConfig');
  const labels = targets.get('labels').entries();
  return {
    ...times(spec, 'interval', defaults),
    name,
    value: spec,
    made: ofProbe(document, name),
    metricsPath: spec.at('prober', 'path').text() ?? '/probe',
    statics: targets.exists ? [{ targets: targets.get('static').texts(), labels }] : [],
    targets: undefined,
    labels: undefined,
    jobLabel: spec.get('jobName').text() ?? name,
    renames: renamesIn(spec.get('metricRelabelings'), 'targetLabel'),
  };
}

function scrapeConfig(
  name: string,
  spec: Value,
  defaults: Defaults,
  document: StackDocument,
): ScrapeJob {
  const statics = readStatics(spec.get('staticConfigs'));
  const elsewhere = spec
    .entries()
    .some(({ key }) => /SDConfigs$|^(relabelings|metricRelabelings|honorLabels)$/.test(key));
  const labels = statics.flatMap((one) => one.labels.map(({ key }) => key));
  const jobLabel = spec.get('jobName').text() ?? name;
  return {
    ...times(spec, 'scrapeInterval', defaults),
    name,
    value: spec,
    made: ofScrapeConfig(document, name),
    metricsPath: spec.get('metricsPath').text() ?? '/metrics',
    statics,
    targets: elsewhere ? undefined : statics.flatMap((s) => s.targets.map(({ text }) => text)),
    labels: elsewhere ? undefined : ['job', 'instance', ...labels],
    jobLabel: elsewhere || labels.includes('job') ? undefined : jobLabel,
    renames: renamesIn(spec.get('metricRelabelings'), 'targetLabel'),
  };
}

function times(
  value: Value,
  intervalKey: string,
  defaults: Defaults,
): Pick<ScrapeJob, 'intervalMs' | 'timeoutMs'> {
  const duration = (key: string): number | undefined =>
    parseDurationMs(value.get(key).text() ?? '');
  const intervalMs = duration(intervalKey) || defaults.scrapeIntervalMs;
  return {
    intervalMs,
    timeoutMs: duration('scrapeTimeout') || Math.min(defaults.scrapeTimeoutMs, intervalMs),
  };
}
