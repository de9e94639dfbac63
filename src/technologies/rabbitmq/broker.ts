import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERLANG_COOKIE, ERLANG_FLAGS, rabbitmqSettings } from './settings.ts';
import { PATIENT } from '../../lib/niceness.ts';
import { homeWith } from './home.ts';
import type { Place, Process, Scraped } from '../running.ts';

const INSTALLED = '/usr/lib/rabbitmq/lib';
const PLUGIN = 'rabbitmq_prometheus';

/** RabbitMQ with its Prometheus plugin; its node name service (epmd) stays on loopback. */
export function rabbitmq(place: Place, at: Scraped): Process {
  const dir = join(place.runDir, 'data', 'rabbitmq');
  const server = join(INSTALLED, newest(INSTALLED));
  const home = join(dir, 'home');
  return {
    command: join(server, 'sbin', 'rabbitmq-server'),
    args: [],
    env: {
      HOME: dir,
      RABBITMQ_SCRIPTS_DIR: join(home, 'sbin'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_NODENAME: 'rabbit@localhost',
      RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
      RABBITMQ_LOG_BASE: join(dir, 'log'),
      RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
      RABBITMQ_FEATURE_FLAGS_FILE: join(dir, 'feature_flags'),
      RABBITMQ_GENERATED_CONFIG_DIR: join(dir, 'generated'),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: ERLANG_FLAGS,
      RABBITMQ_ERLANG_COOKIE: ERLANG_COOKIE,
      ERL_EPMD_ADDRESS: '127.0.0.1',
    },
    prepare: () => {
      rmSync(home, { recursive: true, force: true });
      homeWith(server, home, [PLUGIN]);
      writeFileSync(join(dir, 'enabled_plugins'), `[${PLUGIN}].\n`);
      writeFileSync(
        join(dir, 'rabbitmq.conf'),
        [
          `listeners.tcp.default = ${at.ip}:5672`,
          `prometheus.tcp.ip = ${at.ip}`,
          `prometheus.tcp.port = ${at.port}`,
          rabbitmqSettings(place.plan.speed),
        ].join('\n'),
      );
      return Promise.resolve();
    },
    readyWithinMs: 60_000,
    niceness: PATIENT,
  };
}

function newest(dir: string): string {
  return (
    readdirSync(dir)
      .filter((name) => name.startsWith('rabbitmq_server-'))
      .sort()
      .at(-1) ?? ''
  );
}
