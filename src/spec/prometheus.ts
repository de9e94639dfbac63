import { z } from 'zod';
import type { PrometheusSpec, ScrapeJob } from '../model/spec.ts';
import { duration, name, openList, strict, target, texts } from './schema.ts';
import type { Path, YamlSource } from './yaml-source.ts';

/** Prometheus's defaults (config/config.go, `DefaultGlobalConfig`); an interval of 0 counts as not written. */
const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 10_000;
/** Known to Prometheus 3.5, which the harness runs, and not read by the harness. */
const HTTP =
  'basic_auth authorization oauth2 tls_config proxy_url proxy_from_environment no_proxy proxy_connect_header follow_redirects enable_http2 http_headers';
const LIMITS =
  'body_size_limit sample_limit target_limit label_limit label_name_length_limit label_value_length_limit keep_dropped_targets metric_name_validation_scheme metric_name_escaping_scheme scrape_protocols scrape_failure_log_file always_scrape_classic_histograms convert_classic_histograms_to_nhcb';
const OTHERS = {
  top: 'remote_write remote_read storage tracing otlp runtime scrape_config_files',
  global: `${LIMITS} query_log_file rule_query_offset`,
  scrape: `${HTTP} ${LIMITS} scheme honor_labels honor_timestamps track_timestamps_staleness params enable_compression relabel_configs metric_relabel_configs native_histogram_bucket_limit native_histogram_min_bucket_factor fallback_scrape_protocol`,
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
  /** The patterns that name rule files, each with its path in the file. */
  ruleFiles: { glob: string; path: Path }[];
  source: YamlSource;
}

/** prometheus.yml, normalised: intervals and timeouts as Prometheus fills them in, real-time ms. What is wrong is added to the source's problems. */
export function readPrometheus(source: YamlSource): PrometheusDraft {
  source.check(fileSchema, []);
  const global = (source.get(['global']) === undefined
    ? undefined
    : source.check(globalSchema, ['global'])) ?? { external_labels: {} };
  const scrapeIntervalMs = global.scrape_interval || DEFAULT_INTERVAL_MS;
  const globalTimeoutMs = global.scrape_timeout || Math.min(DEFAULT_TIMEOUT_MS, scrapeIntervalMs);
  if (globalTimeoutMs > scrapeIntervalMs)
    source.say(
      ['global', 'scrape_timeout'],
      '`scrape_timeout` is longer than the scrape interval',
      `at most ${scrapeIntervalMs / 1000}s`,
    );
  const jobs = source.entries(['scrape_configs']).flatMap((path): ScrapeJob[] => {
    const job = source.check(scrapeSchema, path);
    if (!job) return [];
    const interval = job.scrape_interval || scrapeIntervalMs;
    const timeout = job.scrape_timeout || Math.min(globalTimeoutMs, interval);
    if (timeout > interval)
      source.say(
        [...path, 'scrape_timeout'],
        '`scrape_timeout` is longer than the scrape interval',
        `at most ${interval / 1000}s`,
      );
    return [
      {
        name: job.job_name,
        targets: job.static_configs.flatMap((c) => c.targets),
        metricsPath: job.metrics_path,
        scrapeIntervalMs: interval,
        scrapeTimeoutMs: timeout,
        source: source.at(path),
      },
    ];
  });
  return {
    source,
    jobNames: source
      .entries(['scrape_configs'])
      .flatMap((path) => source.get([...path, 'job_name']) ?? [])
      .map(String),
    ruleFiles: source
      .entries(['rule_files'])
      .map((path) => ({ glob: String(source.get(path)), path })),
    spec: {
      file: source.file,
      scrapeIntervalMs,
      evaluationIntervalMs: global.evaluation_interval || DEFAULT_INTERVAL_MS,
      externalLabels: global.external_labels,
      jobs,
      ruleGroups: [],
      alertmanagers: source
        .entries(['alerting', 'alertmanagers'])
        .flatMap(
          (path) =>
            source.check(alertmanagerSchema, path)?.static_configs.flatMap((c) => c.targets) ?? [],
        ),
    },
  };
}
