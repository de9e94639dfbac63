import { parseDurationMs } from '../../lib/duration.ts';
import type { Prometheus } from '../prometheus.ts';
import type { StackDocument } from '../source/documents.ts';
import { Value } from '../source/value.ts';
import { jobsOf } from './jobs.ts';
import { selects } from './selector.ts';

/**
 * The operator's own defaults (prometheus-operator.dev, "API reference", `CommonPrometheusFields`).
 */
const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_TIMEOUT_MS = 10_000;
/** Which field of the Prometheus selects resources of a kind. */
const SELECTORS: Record<string, string> = {
  ServiceMonitor: 'serviceMonitorSelector',
  PodMonitor: 'podMonitorSelector',
  Probe: 'probeSelector',
  ScrapeConfig: 'scrapeConfigSelector',
};

/**
 * The configuration that the operator makes of a Prometheus resource and the monitors that it
 * selects.
 */
export function readPrometheusResource(
  server: StackDocument,
  monitors: StackDocument[],
): Prometheus {
  const spec = server.root.get('spec');
  const made = configuration(server, spec);
  made.externalLabels = externalLabels(server.root, server.namespace);
  made.jobs = monitors
    .filter((one) =>
      selects(spec.get(SELECTORS[one.root.get('kind').text() ?? ''] ?? ''), one.root),
    )
    .flatMap((one) => jobsOf(one, made));
  return made;
}

/** With the operator's defaults, for a Prometheus that nobody sees here: it takes all monitors. */
export function prometheusElsewhere(first: StackDocument, monitors: StackDocument[]): Prometheus {
  const made = configuration(first, new Value(first.file, undefined));
  made.jobs = monitors.flatMap((one) => jobsOf(one, made));
  return made;
}

function configuration({ file, root }: StackDocument, spec: Value): Prometheus {
  const scrapeIntervalMs = duration(spec.get('scrapeInterval'), DEFAULT_INTERVAL_MS);
  return {
    file,
    root,
    origin: 'operator',
    scrapeIntervalMs,
    scrapeTimeoutMs: duration(
      spec.get('scrapeTimeout'),
      Math.min(DEFAULT_TIMEOUT_MS, scrapeIntervalMs),
    ),
    evaluationIntervalMs: duration(spec.get('evaluationInterval'), DEFAULT_INTERVAL_MS),
    externalLabels: new Map(),
    relabelsAlerts: spec.get('additionalAlertRelabelConfigs').exists,
    jobs: [],
    allJobsRead: !spec.get('additionalScrapeConfigs').exists,
    ruleFiles: [],
    groups: [],
    fileTargets: [],
    alertmanagers: [],
  };
}

/** The operator adds two labels of its own, unless their names are empty. */
function externalLabels(root: Value, namespace: string | undefined): Prometheus['externalLabels'] {
  const spec = root.get('spec');
  const name = spec.get('prometheusExternalLabelName').text() ?? 'prometheus';
  const replica = spec.get('replicaExternalLabelName').text() ?? 'prometheus_replica';
  const own = root.at('metadata', 'name');
  const text =
    own.text() === undefined || namespace === undefined
      ? undefined
      : `${namespace}/${own.text() ?? ''}`;
  return new Map([
    ...(name === '' ? [] : [[name, { text, value: own }] as const]),
    ...(replica === '' ? [] : [[replica, { text: undefined, value: own }] as const]),
    ...spec
      .get('externalLabels')
      .entries()
      .map((e) => [e.key, { text: e.value.text(), value: e.value }] as const),
  ]);
}

function duration(value: Value, otherwise: number): number {
  return parseDurationMs(value.text() ?? '') || otherwise;
}
