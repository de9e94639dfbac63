import { parseDurationMs } from '../lib/duration.ts';
import { DEFAULT_INTERVAL_MS } from '../model/prometheus-defaults.ts';
import type { Group } from './rules.ts';
import type { SourceFile } from './source/source-file.ts';
import type { Value } from './source/value.ts';

/** Prometheus's own default (config/config.go, `DefaultGlobalConfig`). */
const DEFAULT_TIMEOUT_MS = 10_000;

/** Targets that stand in the file, with the labels that are put to them. */
export interface StaticTargets {
  targets: { text: string; value: Value }[];
  labels: { key: string; value: Value }[];
}

/** What the operator makes of a resource. */
export interface MadeJob {
  /** In the form of prometheus.yml, as plain data. */
  config: Record<string, unknown>;
  /** What discovery says of a target that the resource is about, as far as the resource tells. */
  discovered: Record<string, string>;
}

export interface ScrapeJob {
  /**
   * The `job_name`; what the operator makes of a resource has that of the operator's configuration.
   */
  name: string;
  value: Value;
  /** Undefined for a job of a file, which is what it is. */
  made: MadeJob | undefined;
  intervalMs: number;
  timeoutMs: number;
  metricsPath: string;
  /** Of its static_configs, whatever else it discovers or changes. */
  statics: StaticTargets[];
  /** Targets of static_configs; undefined when others are discovered too. */
  targets: string[] | undefined;
  /**
   * Labels that its targets have beside those they export; undefined when relabelling may change
   * them.
   */
  labels: string[] | undefined;
  /** The label `job` of its series; undefined when nobody can tell. */
  jobLabel: string | undefined;
  /** Whether relabelling may give its series other names. */
  renames: boolean;
}

/** A pattern that names files, and the rule files of the stack that it names. */
export interface RuleFiles {
  text: string;
  value: Value;
  /** Undefined when it leads where nobody can look. */
  files: SourceFile[] | undefined;
}

/** The configuration of a Prometheus, as far as it can be read. */
export interface Prometheus {
  file: SourceFile;
  root: Value;
  /**
   * A file for the program, or for VictoriaMetrics' in its place; or resources that the
   * prometheus-operator makes one of.
   */
  origin: 'file' | 'vmagent' | 'operator';
  scrapeIntervalMs: number;
  /** What jobs have that don't say; at most as long as their interval. */
  scrapeTimeoutMs: number;
  evaluationIntervalMs: number;
  externalLabels: Map<string, { text: string | undefined; value: Value }>;
  /** Whether alerts are relabelled on their way to Alertmanager. */
  relabelsAlerts: boolean;
  jobs: ScrapeJob[];
  /** Whether these are all: what it takes from other files was found here, and could be read. */
  allJobsRead: boolean;
  ruleFiles: RuleFiles[];
  /** Groups of the rule files that it loads. */
  groups: Group[];
  /** Targets of the files that `file_sd_configs` names, with the scrape job or list they are of. */
  fileTargets: { holder: Value; targets: StaticTargets[] }[];
  /** Static targets of its Alertmanagers. */
  alertmanagers: { text: string; value: Value }[];
}

/** Keys of a scrape job by which its series may get labels that nobody can see here. */
const DISCOVERY = /_sd_configs$|^(relabel_configs|metric_relabel_configs|honor_labels)$/;
/** Those by which the label `job` may become another. */
const RELABELLING = /^(relabel_configs|metric_relabel_configs|honor_labels)$/;

/** The intervals that jobs inherit; real-time ms. */
export type ScrapeDefaults = Pick<Prometheus, 'scrapeIntervalMs' | 'scrapeTimeoutMs'> & {
  /** Every job is relabelled by the global section; and whether names of series are. */
  relabelled: boolean;
  renames: boolean;
};

/**
 * A document with the configuration of a Prometheus; which rule files it loads is known once all
 * files are read.
 */
export function readPrometheus(
  file: SourceFile,
  root: Value,
  origin: 'file' | 'vmagent' = 'file',
): Prometheus {
  const defaults = scrapeDefaults(root);
  const external = root.at('global', 'external_labels').entries();
  return {
    file,
    root,
    origin,
    scrapeIntervalMs: defaults.scrapeIntervalMs,
    scrapeTimeoutMs: defaults.scrapeTimeoutMs,
    evaluationIntervalMs: duration(root.at('global', 'evaluation_interval'), DEFAULT_INTERVAL_MS),
    externalLabels: new Map(external.map((e) => [e.key, { text: e.value.text(), value: e.value }])),
    relabelsAlerts: root.at('alerting', 'alert_relabel_configs').exists,
    jobs: readJobs(root, defaults),
    allJobsRead: true,
    ruleFiles: root
      .get('rule_files')
      .texts()
      .map(({ text, value }) => ({ text, value, files: undefined })),
    groups: [],
    fileTargets: [],
    alertmanagers: root
      .at('alerting', 'alertmanagers')
      .items()
      .flatMap((one) => one.get('static_configs').items())
      .flatMap((one) => one.get('targets').texts()),
  };
}

/** The scrape jobs of a prometheus.yml, or of a file that its `scrape_config_files` names. */
export function readJobs(root: Value, defaults: ScrapeDefaults): ScrapeJob[] {
  return root
    .get('scrape_configs')
    .items()
    .filter((value) => value.isMap)
    .map((value) => readJob(value, defaults));
}

/** What the jobs of a prometheus.yml inherit. */
export function scrapeDefaults(root: Value): ScrapeDefaults {
  const scrapeIntervalMs = duration(root.at('global', 'scrape_interval'), DEFAULT_INTERVAL_MS);
  return {
    scrapeIntervalMs,
    scrapeTimeoutMs: duration(
      root.at('global', 'scrape_timeout'),
      Math.min(DEFAULT_TIMEOUT_MS, scrapeIntervalMs),
    ),
    renames: renamesIn(root.at('global', 'metric_relabel_configs'), 'target_label'),
    relabelled: root
      .at('global')
      .entries()
      .some(({ key }) => key === 'metric_relabel_configs' || key === 'relabel_configs'),
  };
}

function readJob(value: Value, defaults: ScrapeDefaults): ScrapeJob {
  const has = (pattern: RegExp): boolean =>
    value.entries().some((e) => pattern.test(e.key) && e.value.exists);
  const discovered = defaults.relabelled || has(DISCOVERY);
  const statics = readStatics(value.get('static_configs'));
  const labels = statics.flatMap((s) => s.labels.map(({ key }) => key));
  const targets = statics.flatMap((s) => s.targets.map(({ text }) => text));
  // `job` and `instance` may be given by hand, and what has no port gets one from somewhere.
  const plain =
    !labels.includes('job') &&
    !labels.includes('instance') &&
    targets.every((target) => /:\d+$/.test(target));
  const intervalMs = duration(value.get('scrape_interval'), defaults.scrapeIntervalMs);
  const name = value.get('job_name').text() ?? '';
  return {
    value,
    made: undefined,
    name,
    intervalMs,
    timeoutMs: duration(
      value.get('scrape_timeout'),
      Math.min(defaults.scrapeTimeoutMs, intervalMs),
    ),
    metricsPath: value.get('metrics_path').text() ?? '/metrics',
    statics,
    targets: discovered || !plain ? undefined : targets,
    labels: discovered ? undefined : ['job', 'instance', ...labels],
    jobLabel: defaults.relabelled || has(RELABELLING) || labels.includes('job') ? undefined : name,
    renames: defaults.renames || renamesIn(value.get('metric_relabel_configs'), 'target_label'),
  };
}

/** Whether any step of relabelling writes the name of a series. @param key what says where to */
export function renamesIn(steps: Value, key: 'target_label' | 'targetLabel'): boolean {
  return steps.items().some((step) => step.get(key).text() === '__name__');
}

/** A list of static targets, as prometheus.yml has it. */
export function readStatics(list: Value): StaticTargets[] {
  return list.items().map((one) => ({
    targets: one.get('targets').texts(),
    labels: one.get('labels').entries(),
  }));
}

/** A duration, ms; one of 0 counts as not written, as Prometheus has it. */
function duration(value: Value, otherwise: number): number {
  return parseDurationMs(value.text() ?? '') || otherwise;
}
