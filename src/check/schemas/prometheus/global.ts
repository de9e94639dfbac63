import type { Fields, Shape } from '../shape.ts';

export const scrapeProtocol: Shape = {
  oneOf: [
    'PrometheusProto',
    'PrometheusText0.0.4',
    'PrometheusText1.0.0',
    'OpenMetricsText0.0.1',
    'OpenMetricsText1.0.0',
  ],
};

/** What a scrape job has, and `global` sets for all of them. */
export const scrapeDefaults: Readonly<Record<string, Shape>> = {
  scrape_interval: 'duration',
  scrape_timeout: 'duration',
  scrape_protocols: { list: scrapeProtocol, filled: true, some: true, unique: true },
  scrape_failure_log_file: 'text',
  body_size_limit: 'size',
  sample_limit: 'natural',
  target_limit: 'natural',
  label_limit: 'natural',
  label_name_length_limit: 'natural',
  label_value_length_limit: 'natural',
  keep_dropped_targets: 'natural',
  metric_name_validation_scheme: { oneOf: ['', 'legacy', 'utf8'] },
  metric_name_escaping_scheme: {
    oneOf: ['', 'allow-utf-8', 'underscores', 'dots', 'values'],
  },
  scrape_native_histograms: 'flag',
  convert_classic_histograms_to_nhcb: 'flag',
  always_scrape_classic_histograms: 'flag',
  extra_scrape_metrics: 'flag',
};

export const global: Fields = {
  fields: {
    ...scrapeDefaults,
    evaluation_interval: 'duration',
    rule_query_offset: 'duration',
    query_log_file: 'text',
    query_max_series: 'natural',
    query_max_samples_read: 'natural',
    query_max_duration: 'duration',
    external_labels: { map: 'text', keys: 'label' },
  },
};

export const runtime: Fields = {
  fields: {
    gogc: 'whole',
    log_level: { oneOf: ['', 'debug', 'info', 'warn', 'error'], anyCase: true },
  },
};
