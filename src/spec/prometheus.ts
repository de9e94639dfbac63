import { z } from 'zod';
import type { PrometheusSpec, RuleGroup, ScrapeJob } from '../model/spec.ts';
import { duration, strict } from './schema.ts';
import type { YamlSource } from './yaml-source.ts';

const DEFAULT_SCRAPE_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 10_000;
/** Known to Prometheus 3 (config/config.go), not read by the harness. */
const OTHERS = {
  global: 'body_size_limit sample_limit target_limit label_limit label_name_length_limit label_value_length_limit keep_dropped_targets metric_name_validation_scheme metric_name_escaping_scheme scrape_protocols query_log_file scrape_failure_log_file runtime always_scrape_classic_histograms convert_classic_histograms_to_nhcb scrape_native_histograms extra_scrape_metrics rule_query_offset',
  top: 'remote_write remote_read storage tracing otlp runtime scrape_config_files',
  scrape: 'scheme honor_labels honor_timestamps track_timestamps_staleness params basic_auth authorization oauth2 tls_config proxy_url proxy_from_environment no_proxy proxy_connect_header follow_redirects enable_http2 enable_compression relabel_configs metric_relabel_configs body_size_limit sample_limit target_limit label_limit label_name_length_limit label_value_length_limit native_histogram_bucket_limit native_histogram_min_bucket_factor keep_dropped_targets scrape_protocols fallback_scrape_protocol scrape_failure_log_file metric_name_validation_scheme metric_name_escaping_scheme always_scrape_classic_histograms convert_classic_histograms_to_nhcb scrape_native_histograms http_headers extra_scrape_metrics',
};

const staticConfig = z.strictObject({ targets: z.array(z.string().regex(/^[\w.-]+:\d{1,5}$/, 'host:port')).min(1), labels: z.record(z.string(), z.string()).optional() });
const scrape = strict({ job_name: z.string().min(1), static_configs: z.array(staticConfig).min(1), metrics_path: z.string().default('/metrics'), scrape_interval: duration.optional(), scrape_timeout: duration.optional() }, OTHERS.scrape);
const alertmanager = strict({ static_configs: z.array(staticConfig).min(1) }, 'scheme path_prefix timeout api_version relabel_configs alert_relabel_configs basic_auth authorization oauth2 tls_config follow_redirects enable_http2 proxy_url');

const schema = strict(
  {
    global: strict({ scrape_interval: duration.optional(), scrape_timeout: duration.optional(), evaluation_interval: duration.optional(), external_labels: z.record(z.string(), z.string()).default({}) }, OTHERS.global).prefault({}),
    rule_files: z.array(z.string()).default([]),
    alerting: strict({ alertmanagers: z.array(alertmanager).default([]) }, 'alert_relabel_configs').prefault({}),
    scrape_configs: z.array(scrape).default([]),
  },
  OTHERS.top,
);

/** prometheus.yml, normalised; rule groups are added by the caller from `ruleFiles`. */
export function readPrometheus(source: YamlSource): { spec: PrometheusSpec; ruleFiles: { glob: string; at: ReturnType<YamlSource['at']> }[] } | undefined {
  const raw = source.parse(schema);
  if (!raw) return undefined;
  const scrapeIntervalMs = raw.global.scrape_interval ?? DEFAULT_SCRAPE_MS;
  const jobs = raw.scrape_configs.map((job, i): ScrapeJob => {
    const interval = job.scrape_interval ?? scrapeIntervalMs;
    return {
      name: job.job_name,
      targets: job.static_configs.flatMap((c) => c.targets),
      metricsPath: job.metrics_path,
      scrapeIntervalMs: interval,
      // config.go: the global timeout, but never more than the interval.
      scrapeTimeoutMs: job.scrape_timeout ?? Math.min(raw.global.scrape_timeout ?? DEFAULT_TIMEOUT_MS, interval),
      source: source.at(['scrape_configs', i]),
    };
  });
  return {
    ruleFiles: raw.rule_files.map((glob, i) => ({ glob, at: source.at(['rule_files', i]) })),
    spec: {
      file: source.file,
      scrapeIntervalMs,
      evaluationIntervalMs: raw.global.evaluation_interval ?? DEFAULT_SCRAPE_MS,
      externalLabels: raw.global.external_labels,
      jobs,
      ruleGroups: [] as RuleGroup[],
      alertmanagers: raw.alerting.alertmanagers.flatMap((a) => a.static_configs.flatMap((c) => c.targets)),
    },
  };
}
