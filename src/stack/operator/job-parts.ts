import type { StackDocument } from '../source/documents.ts';
import type { Value } from '../source/value.ts';
import { stepsOf } from './relabelings.ts';
import type { Step } from './relabelings.ts';

/** Keys of an endpoint, or of a whole ScrapeConfig, that prometheus.yml has under another name. */
const KEYS: Readonly<Record<string, string>> = {
  honorLabels: 'honor_labels',
  honorTimestamps: 'honor_timestamps',
  interval: 'scrape_interval',
  scrapeInterval: 'scrape_interval',
  scrapeTimeout: 'scrape_timeout',
  path: 'metrics_path',
  metricsPath: 'metrics_path',
  params: 'params',
  followRedirects: 'follow_redirects',
  enableHttp2: 'enable_http2',
};
/** Limits stand beside the endpoints. */
const LIMITS: Readonly<Record<string, string>> = {
  sampleLimit: 'sample_limit',
  labelLimit: 'label_limit',
  labelNameLengthLimit: 'label_name_length_limit',
  labelValueLengthLimit: 'label_value_length_limit',
};
/** What the operator remembers of a job before it is relabelled. */
export const REMEMBERED: Step = {
  source_labels: ['job'],
  target_label: '__tmp_prometheus_job_name',
};

/** What a monitor is about: its name, the namespace of its targets, and its `spec`. */
export function about({ root, namespace = 'default' }: StackDocument): {
  own: string;
  namespace: string;
  spec: Value;
} {
  const spec = root.get('spec');
  const [other] = spec.at('namespaceSelector', 'matchNames').texts();
  return {
    own: root.at('metadata', 'name').text() ?? '',
    namespace: other?.text ?? namespace,
    spec,
  };
}

/** What all jobs have in common: times, labels, limits, and how one logs in. */
export function common(endpoint: Value, spec: Value, name: string): Record<string, unknown> {
  const renamed = (value: Value, keys: Readonly<Record<string, string>>): [string, unknown][] =>
    value.entries().flatMap(({ key, value: one }): [string, unknown][] => {
      const to = keys[key];
      return to === undefined || !one.exists ? [] : [[to, one.json()]];
    });
  const metrics = stepsOf(
    endpoint.get(
      endpoint.has('metricRelabelConfigs') ? 'metricRelabelConfigs' : 'metricRelabelings',
    ),
  );
  return {
    job_name: name,
    ...Object.fromEntries([...renamed(endpoint, KEYS), ...renamed(spec, LIMITS)]),
    ...schemeOf(endpoint),
    ...clientOf(endpoint),
    ...(metrics.length > 0 ? { metric_relabel_configs: metrics } : {}),
  };
}

/** In the form of prometheus.yml. */
export function schemeOf(value: Value): Record<string, unknown> {
  const scheme = value.get('scheme').text();
  return scheme === undefined ? {} : { scheme: scheme.toLowerCase() };
}

/** Secrets lie in the cluster: whoever scrapes has some. */
function clientOf(endpoint: Value): Record<string, unknown> {
  const tls = endpoint.get('tlsConfig');
  const has = (...keys: string[]): boolean => keys.some((key) => tls.get(key).exists);
  const secret = 'of the cluster';
  const withToken = ['bearerTokenFile', 'bearerTokenSecret', 'authorization'].some((key) =>
    endpoint.has(key),
  );
  return {
    ...(tls.exists
      ? {
          tls_config: {
            ...(has('ca', 'caFile') ? { ca_file: 'ca.crt' } : {}),
            ...(has('cert', 'certFile') ? { cert_file: 'tls.crt', key_file: 'tls.key' } : {}),
            ...(tls.get('insecureSkipVerify').isTrue() ? { insecure_skip_verify: true } : {}),
          },
        }
      : {}),
    ...(endpoint.has('basicAuth')
      ? { basic_auth: { username: secret, password: secret } }
      : withToken
        ? { authorization: { credentials: secret } }
        : {}),
  };
}

/** A label that is copied, whatever it is. */
export function named(source: string, target: string): Step {
  return { source_labels: [source], target_label: target };
}
