import { join } from 'node:path';
import { PROOF_ADDRESSES } from '../../model/proof-plan.ts';
import type { ProofPlan } from '../../model/proof-plan.ts';
import { get } from '../../lib/http.ts';
import type { ProcessComponent } from '../../runtimes/runtime.ts';

const READY_WITHIN_MS = 30_000;
/** How often Prometheus takes over the targets that it has found. */
const TARGETS_EVERY = '100ms';
/**
 * For what signs its requests: any credentials will do. Its SDK has a name of its own for whom it
 * trusts.
 */
const CLOUD = { AWS_ACCESS_KEY_ID: 'run', AWS_SECRET_ACCESS_KEY: 'run', AWS_REGION: 'us-east-1' };

export const PROMETHEUS_URL = urlOf(PROOF_ADDRESSES.prometheus);
export const ALERTMANAGER_URL = urlOf(PROOF_ADDRESSES.alertmanager);

/** The real Prometheus and, where the stack has its configuration, the real Alertmanager. */
export function programsOf(plan: ProofPlan, runDir: string): ProcessComponent[] {
  // Go's clients trust the run's own certificate as they would trust a public one.
  const env = { SSL_CERT_FILE: join(runDir, 'tls', 'cert.pem') };
  const prometheus = component('prometheus', PROMETHEUS_URL, env, [
    '--config.file=/etc/prometheus/prometheus.yml',
    `--storage.tsdb.path=${join(runDir, 'data', 'prometheus')}`,
    `--web.listen-address=${new URL(PROMETHEUS_URL).host}`,
    `--scrape.discovery-reload-interval=${TARGETS_EVERY}`,
    // Which functions on trial a Prometheus allows is said where it is started, not in its rules.
    '--enable-feature=promql-experimental-functions',
    ...plan.prometheusFlags,
  ]);
  if (!plan.receivers) return [prometheus];
  const alertmanager = component(
    'prometheus-alertmanager',
    ALERTMANAGER_URL,
    { ...env, ...CLOUD, AWS_CA_BUNDLE: env.SSL_CERT_FILE },
    [
      '--config.file=/etc/alertmanager/alertmanager.yml',
      `--storage.path=${join(runDir, 'data', 'alertmanager')}`,
      `--web.listen-address=${new URL(ALERTMANAGER_URL).host}`,
      '--cluster.listen-address=',
    ],
  );
  return [prometheus, { ...alertmanager, name: 'alertmanager' }];
}

function component(
  name: string,
  url: string,
  env: Record<string, string>,
  args: string[],
): ProcessComponent {
  return {
    name,
    command: `/usr/bin/${name}`,
    args,
    env,
    ready: async () => void (await get(`${url}/-/ready`)),
    readyWithinMs: READY_WITHIN_MS,
  };
}

function urlOf({ host, port }: { host: string; port: number }): string {
  return `http://${host}:${port}`;
}
