import { join } from 'node:path';
import { CAPACITY_MIB, NODE_EXPORTER_FLAGS } from '../../../model/world.ts';
import type { Plan } from '../../../model/plan.ts';
import { splitTarget } from '../../../lib/target.ts';
import { get } from '../http.ts';
import type { ProcessComponent } from '../../../runtimes/native/supervisor.ts';
import { postgres, postgresExporter } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';

/** Where a run keeps things, and what it runs. */
export interface Place {
  plan: Plan;
  runDir: string;
  projectDir: string;
  /** Loopback address of each name. */
  addresses: Record<string, string>;
}

/** A scraped component's own address and the URL that Prometheus scrapes. */
export interface Scraped {
  name: string;
  ip: string;
  port: number;
  metricsUrl: string;
}

const DATA_PROGRAM_READY_MS = 20_000;
const READY_MS = 15_000;

/**
 * Every program of the run: what each job of the plan scrapes, under the job's name, and the databases behind the exporters.
 * Prometheus hands out its targets 5 s after its start whatever else happens: it comes first, all others beside it.
 */
export function processesOf(place: Place): ProcessComponent[] {
  const scraped = place.plan.jobs.map((job) => {
    const { host, port } = splitTarget(job.target);
    return catalogue(job.component, place, {
      name: job.name,
      ip: place.addresses[host] ?? '127.0.0.1',
      port,
      metricsUrl: `http://${job.target}${job.metricsPath}`,
    });
  });
  return [
    ...scraped.sort(
      (a, b) =>
        Number(b.command.endsWith('/prometheus')) - Number(a.command.endsWith('/prometheus')),
    ),
    ...backingComponents(place),
  ];
}

/** What isn't scraped itself but has to be there: the databases behind the exporters. */
function backingComponents(place: Place): ProcessComponent[] {
  const redis: ProcessComponent = {
    name: 'redis-server',
    command: '/usr/bin/redis-server',
    args: [
      '--bind',
      place.addresses['redis'] ?? '',
      '--port',
      '6379',
      '--save',
      '',
      '--dir',
      place.runDir,
      '--daemonize',
      'no',
    ],
    // The exporter's own scrape tells whether redis answers.
    ready: () => Promise.resolve(),
    readyWithinMs: READY_MS,
  };
  return [postgres(place), redis];
}

function catalogue(kind: string, place: Place, at: Scraped): ProcessComponent {
  const answers = async (): Promise<void> => void (await get(at.metricsUrl));
  const listen = `${at.ip}:${at.port}`;
  const base = { name: at.name, ready: answers, readyWithinMs: READY_MS };
  const data = (name: string): string => join(place.runDir, 'data', name);
  switch (kind) {
    case 'prometheus':
      return {
        ...base,
        command: '/usr/bin/prometheus',
        args: [
          `--config.file=/etc/prometheus/prometheus.yml`,
          `--storage.tsdb.path=${data('prometheus')}`,
          `--web.listen-address=${listen}`,
          '--web.enable-admin-api',
          ...place.plan.prometheusFlags,
        ],
        readyWithinMs: DATA_PROGRAM_READY_MS,
      };
    case 'alertmanager':
      // Go reads its trusted certificates from SSL_CERT_FILE: the receivers' certificate is verified, not skipped.
      return {
        ...base,
        command: '/usr/bin/prometheus-alertmanager',
        args: [
          `--config.file=/etc/alertmanager/alertmanager.yml`,
          `--storage.path=${data('alertmanager')}`,
          `--web.listen-address=${listen}`,
          '--cluster.listen-address=',
        ],
        env: { SSL_CERT_FILE: join(place.runDir, 'tls', 'cert.pem') },
      };
    case 'node-exporter': {
      const host = join(place.runDir, 'host');
      return {
        ...base,
        command: '/usr/bin/prometheus-node-exporter',
        args: [
          ...NODE_EXPORTER_FLAGS,
          `--path.procfs=${host}/proc`,
          `--path.sysfs=${host}/sys`,
          `--path.rootfs=${host}/root`,
          `--path.udev.data=${host}/udev`,
          `--web.listen-address=${listen}`,
        ],
      };
    }
    case 'postgres-exporter':
      return { ...base, ...postgresExporter(listen) };
    case 'redis-exporter':
      return {
        ...base,
        command: '/usr/bin/prometheus-redis-exporter',
        args: ['--redis.addr=redis://redis:6379', `--web.listen-address=${listen}`],
      };
    case 'rabbitmq':
      return { ...base, ...rabbitmq(place, at) };
    default:
      return {
        ...base,
        env: { CAPACITY_MIB: String(CAPACITY_MIB) },
        command: process.execPath,
        args: [
          '--import',
          import.meta.resolve('tsx'),
          join(place.projectDir, 'fake-services', `${kind.replace('fake/', '')}.ts`),
          '--host',
          at.ip,
          '--port',
          String(at.port),
        ],
      };
  }
}
