import { z } from 'zod';
import type { PrometheusSpec, ScrapeJob } from '../model/spec.ts';
import { duration, name, openList, strict, target, texts } from './schema.ts';
import type { Prometheus } from '../stack/prometheus.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Known to Prometheus 3.5, which the harness runs, and not read by the harness. */
const HTTP =
  'basic_auth authorization oauth2 tls_config proxy_url proxy_from_environment no_proxy ' +
  'proxy_connect_header follow_redirects enable_http2 http_headers';
const LIMITS =
  'body_size_limit sample_limit target_limit label_limit label_name_length_limit ' +
  'label_value_length_limit keep_dropped_targets metric_name_validation_scheme ' +
  'metric_name_escaping_scheme scrape_protocols scrape_failure_log_file ' +
  'always_scrape_classic_histograms convert_classic_histograms_to_nhcb';
const OTHERS = {
  top: 'remote_write remote_read storage tracing otlp runtime scrape_config_files',
  global: `${LIMITS} query_log_file rule_query_offset`,
  scrape:
    `${HTTP} ${LIMITS} scheme honor_labels honor_timestamps track_timestamps_staleness ` +
    'params enable_compression relabel_configs metric_relabel_configs ' +
    'native_histogram_bucket_limit native_histogram_min_bucket_factor ' +
    'fallback_scrape_protocol',
  alertmanager: `${HTTP} sigv4 scheme path_prefix timeout api_version relabel_configs alert_relabel_configs`,
};

const staticConfigs = z
  .array(z.strictObject({ targets: z.array(target).min(1), labels: texts.optional() }), {
    error: 'static targets: the harness starts what is behind each',
  })
  .min(1);
const globalSchema = strict(
  {
    scrape_interval: duration.optional(),
    scrape_timeout: duration.optional(),
    evaluation_interval: duration.optional(),
    external_labels: texts.default({}),
  },
  OTHERS.global,
);
const scrapeSchema = strict(
  {
    job_name: name,
    static_configs: staticConfigs,
    metrics_path: z.string().default('/metrics'),
    scrape_interval: duration.optional(),
    scrape_timeout: duration.optional(),
  },
  OTHERS.scrape,
);
const alertmanagerSchema = strict({ static_configs: staticConfigs }, OTHERS.alertmanager);
const fileSchema = strict(
  {
    global: z.unknown().optional(),
    rule_files: z.array(name).optional(),
    alerting: strict({ alertmanagers: openList.optional() }, 'alert_relabel_configs').optional(),
    scrape_configs: openList.optional(),
  },
  OTHERS.top,
);

/** prometheus.yml as far as it could be read. */
export interface PrometheusDraft {
  /** Without the jobs that are wrong; the rule groups are added by the caller. */
  spec: PrometheusSpec;
  /** Names of all scrape jobs, wrong ones too. */
  jobNames: string[];
  source: YamlSource;
}

/**
 * prometheus.yml, held against its schema; intervals and timeouts as the reader of stacks fills
 * them in, real-time ms. What is wrong is added to the source's problems.
 */
export function readPrometheus(source: YamlSource, read: Prometheus): PrometheusDraft {
  source.check(fileSchema, []);
  if (source.get(['global']) !== undefined) source.check(globalSchema, ['global']);
  timeoutFits(source, ['global'], read.scrapeTimeoutMs, read.scrapeIntervalMs);
  const jobs = source.entries(['scrape_configs']).flatMap((path): ScrapeJob[] => {
    const checked = source.check(scrapeSchema, path);
    const job = read.jobs.find(({ value }) => source.isAt(path, value));
    if (!checked || !job) return [];
    timeoutFits(source, path, job.timeoutMs, job.intervalMs);
    return [
      {
        name: job.name,
        targets: job.statics.flatMap((one) => one.targets.map(({ text }) => text)),
        metricsPath: job.metricsPath,
        scrapeIntervalMs: job.intervalMs,
        scrapeTimeoutMs: job.timeoutMs,
        source: source.at(path),
      },
    ];
  });
  for (const path of source.entries(['alerting', 'alertmanagers']))
    source.check(alertmanagerSchema, path);
  return {
    source,
    jobNames: read.jobs.map(({ name }) => name).filter((job) => job !== ''),
    spec: {
      file: source.file,
      scrapeIntervalMs: read.scrapeIntervalMs,
      evaluationIntervalMs: read.evaluationIntervalMs,
      externalLabels: Object.fromEntries(
        [...read.externalLabels].map(([label, { text }]) => [label, text ?? '']),
      ),
      jobs,
      ruleGroups: [],
      alertmanagers: read.alertmanagers.map(({ text }) => text),
    },
  };
}

function timeoutFits(source: YamlSource, path: Path, timeoutMs: number, intervalMs: number): void {
  if (timeoutMs > intervalMs)
    source.say(
      [...path, 'scrape_timeout'],
      '`scrape_timeout` is longer than the scrape interval',
      `at most ${intervalMs / 1000}s`,
    );
}
