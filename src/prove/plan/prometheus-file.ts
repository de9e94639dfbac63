import { Document } from 'yaml';
import { speedUpPrometheus } from '../../speedup/prometheus.ts';
import { PROOF_ADDRESSES } from '../../model/proof-plan.ts';
import { LETS_IN } from '../../receivers/secrets.ts';
import type { Subject } from './subject.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { relabellingNotes } from './alert-relabelling.ts';
import { plainMap } from './plain.ts';

export const CONFIG_PATH = 'prometheus/prometheus.yml';
const DIR = '/etc/prometheus';

/** Nothing of these leaves a run, or can be had in it. */
const LEFT_OUT = [
  'remote_write',
  'remote_read',
  'tracing',
  'storage',
  'scrape_config_files',
  'otlp',
];
/** Files that Prometheus would write. */
const WRITTEN = ['query_log_file', 'scrape_failure_log_file'];
const CLIENT_SECRETS = [
  'proxy_url',
  'proxy_from_environment',
  'no_proxy',
  'proxy_connect_header',
  'oauth2',
  'sigv4',
];
/** What of a scrape may hold secrets. */
const CLIENT = /^(tls_config|basic_auth|authorization|http_headers|bearer_token(_file)?)$/;
/** A scrape's credentials: any word will do for a synthetic target. */
const SECRETS = ['password', 'credentials', 'bearer_token', 'secrets'];
/** Files of such. */
const CREDENTIALS = ['password_file', 'credentials_file', 'bearer_token_file', 'username_file'];
/** What stands in the place of each. */
const WORD = 'stand-in';

export interface PrometheusFile {
  files: { path: string; text: string }[];
  pems: { path: string; pem: 'cert' | 'key' }[];
  notes: string[];
}

/**
 * prometheus.yml as the run has it: the stack's own scraping, relabelling and limits, with targets
 * in the place of whatever discovers them, every duration divided.
 */
export function prometheusFile(
  stack: Pick<Subject, 'prometheus'>,
  jobs: JobTargets[],
  speed: number,
  alertmanager: boolean,
): PrometheusFile {
  const own = ownConfig(stack.prometheus);
  const notes = [
    ...LEFT_OUT.filter((key) => key in own).map((key) => `\`${key}\` isn't judged`),
    ...relabellingNotes(stack),
  ];
  const files: PrometheusFile['files'] = [];
  const secrets = new Set<string>();
  const config = {
    global: without(own['global'], WRITTEN),
    rule_files: [`${DIR}/rules/*.yml`],
    scrape_configs: jobs.map((job, i) => {
      files.push(discoveryFile(job, i, job.targets));
      return {
        ...withoutDiscovery(job.config, secrets),
        // A sample carries the moment for which it was made; that it has ended is seen all the
        // same.
        ...(job.config['honor_timestamps'] === false ? {} : { track_timestamps_staleness: true }),
        file_sd_configs: [{ files: [`/etc/${discoveryPath(i)}`] }],
      };
    }),
    alerting: alerting(own['alerting'], alertmanager),
  };
  const document = new Document(config);
  if (speed !== 1) speedUpPrometheus({ document, speed, refuse: () => undefined });
  files.push({ path: CONFIG_PATH, text: document.toString({ lineWidth: 0 }) });
  if (secrets.size > 0) files.push({ path: 'prometheus/stand-ins/secret', text: WORD });
  if (secrets.size > 0) notes.push('credentials and certificates of scrapes are stood in for');
  const pems = secrets.size === 0 ? [] : pemsOf();
  return { files, pems, notes };
}

/** The stack's own prometheus.yml; of what the operator makes, the part that its jobs stand in. */
function ownConfig(prometheus: Subject['prometheus']): Record<string, unknown> {
  if (prometheus?.origin !== 'operator') return prometheus ? plainMap(prometheus.root) : {};
  const { scrapeIntervalMs, scrapeTimeoutMs, evaluationIntervalMs, externalLabels } = prometheus;
  const labels = [...externalLabels].flatMap(([name, { text }]) =>
    text === undefined ? [] : [[name, text]],
  );
  return {
    global: {
      scrape_interval: `${scrapeIntervalMs}ms`,
      scrape_timeout: `${scrapeTimeoutMs}ms`,
      evaluation_interval: `${evaluationIntervalMs}ms`,
      external_labels: Object.fromEntries(labels) as Record<string, string>,
    },
  };
}

function pemsOf(): PrometheusFile['pems'] {
  return (['cert', 'key'] as const).map((pem) => ({
    path: `prometheus/stand-ins/${pem}.pem`,
    pem,
  }));
}

/**
 * What discovers a job's targets in the run: a file that holds these. @param number the job's among
 * all jobs
 */
export function discoveryFile(
  { config }: JobTargets,
  number: number,
  targets: JobTarget[],
): { path: string; text: string } {
  const groups = targets.map(({ discovered }) => groupOf(discovered, config));
  return { path: discoveryPath(number), text: JSON.stringify(groups) };
}

function discoveryPath(number: number): string {
  return `prometheus/sd/${number}.json`;
}

/** Labels as the discovery gave them, without what the job's own keys say. */
function groupOf(labels: Record<string, string>, config: Record<string, unknown>): unknown {
  const { __address__: address = '', ...rest } = labels;
  const params = Object.keys(config['params'] ?? {}).map((key) => `__param_${key}`);
  const implied = new Set(['job', '__scheme__', '__metrics_path__', '__meta_filepath', ...params]);
  const own = Object.entries(rest).filter(
    ([name, value]) => !implied.has(name) || (name === 'job' && value !== config['job_name']),
  );
  return { targets: [address], labels: Object.fromEntries(own) };
}

function withoutDiscovery(
  config: Record<string, unknown>,
  secrets: Set<string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => !key.endsWith('_sd_configs') && key !== 'static_configs')
      .filter(([key]) => !CLIENT_SECRETS.includes(key) && !WRITTEN.includes(key))
      .map(([key, value]) => [
        key,
        CLIENT.test(key)
          ? withStandIns(key, lettingNobodyIn(value), secrets)
          : key === 'params'
            ? lettingNobodyIn(value)
            : value,
      ]),
  );
}

/** Headers and parameters whose names say that they are secrets, without their values. */
function lettingNobodyIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, sent]) => {
      if (!LETS_IN.test(name)) return [name, sent];
      if (Array.isArray(sent)) return [name, sent.map(() => WORD)];
      const isHeader = typeof sent === 'object' && sent !== null && 'values' in sent;
      return [name, isHeader ? { ...sent, values: [WORD] } : sent];
    }),
  );
}

/** Secrets, and files of secrets and certificates, are those of the run, at any depth. */
function withStandIns(key: string, value: unknown, secrets: Set<string>): unknown {
  if (CREDENTIALS.includes(key)) return standIn('secret', secrets);
  if (key === 'ca_file' || key === 'cert_file') return standIn('cert.pem', secrets);
  if (key === 'key_file') return standIn('key.pem', secrets);
  if (SECRETS.includes(key)) return Array.isArray(value) ? value.map(() => WORD) : WORD;
  // Of `http_headers`, each of which may be read from several files.
  if (key === 'files') return [standIn('secret', secrets)];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).map(([name, inner]) => [
      name,
      withStandIns(name, inner, secrets),
    ]),
  );
}

function standIn(name: string, secrets: Set<string>): string {
  secrets.add(name);
  return `${DIR}/stand-ins/${name}`;
}

function alerting(own: unknown, alertmanager: boolean): unknown {
  const { alert_relabel_configs: relabelling, alertmanagers } = (own ?? {}) as Record<
    string,
    unknown
  >;
  const [first] = (Array.isArray(alertmanagers) ? alertmanagers : []) as unknown[];
  const { alert_relabel_configs: itsOwn } = (first ?? {}) as Record<string, unknown>;
  return {
    ...(relabelling === undefined ? {} : { alert_relabel_configs: relabelling }),
    ...(alertmanager
      ? {
          alertmanagers: [
            {
              ...(itsOwn === undefined ? {} : { alert_relabel_configs: itsOwn }),
              static_configs: [
                {
                  targets: [
                    `${PROOF_ADDRESSES.alertmanager.host}:${PROOF_ADDRESSES.alertmanager.port}`,
                  ],
                },
              ],
            },
          ],
        }
      : {}),
  };
}

function without(map: unknown, keys: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((map ?? {}) as Record<string, unknown>).filter(([key]) => !keys.includes(key)),
  );
}
