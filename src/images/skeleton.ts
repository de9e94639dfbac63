import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ENTRYPOINTS } from '../technologies/packaging.ts';

/**
 * What an image has besides the packages: a link, a folder or a file. Belongs to root unless told
 * otherwise.
 */
export interface Extra {
  path: string;
  link?: string;
  text?: string;
  mode?: number;
  owner?: number;
}

/**
 * Numbers of the users, as the official images have them: data written by one can be read by the
 * other.
 */
const USERS: [name: string, uid: number, home: string][] = [
  ['root', 0, '/root'],
  ['daemon', 1, '/'],
  // Three images, one number: each has only one of them.
  ['postgres', 999, '/var/lib/postgresql'],
  ['redis', 999, '/data'],
  ['rabbitmq', 999, '/var/lib/rabbitmq'],
  ['node', 1000, '/home/node'],
  ['k6', 12345, '/home/k6'],
  ['nobody', 65534, '/'],
];
const uidOf = (name: string): number => USERS.find(([user]) => user === name)?.[1] ?? 0;
const folder = (path: string, user = 'root', mode = 0o755): Extra => ({
  path,
  owner: uidOf(user),
  mode,
});
const link = (path: string, target: string): Extra => ({ path, link: target });
const SCRIPTS = fileURLToPath(new URL('entrypoints', import.meta.url));

/** The scripts that start programs, by file name. */
export function entrypoints(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(SCRIPTS)
      .sort()
      .map((name) => [name, readFileSync(`${SCRIPTS}/${name}`, 'utf8')]),
  );
}

/**
 * Everything in a root file system that no package brings, or only its installation does.
 * @param postgresMajor PostgreSQL's major version, part of the paths of its package
 */
export function skeleton(postgresMajor: string): Extra[] {
  return [
    ...rootFolders(),
    ...usersAndNames(),
    ...officialPaths(postgresMajor),
    ...ownEntrypoints(),
    ...placesOfMonitoring(),
    ...placesOfBacking(),
    folder('home/node', 'node'),
    folder('home/k6', 'k6'),
  ];
}

function rootFolders(): Extra[] {
  return [
    ...['bin', 'sbin', 'lib', 'lib64'].map((name) => link(name, `usr/${name}`)),
    ...[
      ...['dev', 'proc', 'sys', 'etc', 'home', 'root', 'run', 'var', 'var/lib', 'var/log'],
      ...['usr/local', 'usr/local/bin', 'usr/local/lib'],
      ENTRYPOINTS.slice(1),
      'docker-entrypoint-initdb.d',
    ].map((path) => folder(path)),
    ...['tmp', 'var/tmp'].map((path) => folder(path, 'root', 0o1777)),
    link('var/run', '/run'),
    link('usr/bin/sh', 'dash'),
    link('usr/bin/awk', 'mawk'),
    link('usr/bin/wget', 'busybox'),
  ];
}

/** Who the users are, and where names are looked up. */
function usersAndNames(): Extra[] {
  const shellOf = (user: string): string => (user === 'nobody' ? '/usr/sbin/nologin' : '/bin/sh');
  const groupOf = (user: string): string => (user === 'nobody' ? 'nogroup' : user);
  return [
    {
      path: 'etc/passwd',
      text: USERS.map(
        ([name, uid, home]) => `${name}:x:${uid}:${uid}::${home}:${shellOf(name)}\n`,
      ).join(''),
    },
    {
      path: 'etc/group',
      text: USERS.map(([name, uid]) => `${groupOf(name)}:x:${uid}:\n`).join(''),
    },
    {
      path: 'etc/nsswitch.conf',
      text: 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\n',
    },
    link('etc/os-release', '../usr/lib/os-release'),
  ];
}

/** Programs where the official images have them. */
function officialPaths(postgresMajor: string): Extra[] {
  return [
    link('usr/bin/alertmanager', 'prometheus-alertmanager'),
    link('usr/bin/node_exporter', 'prometheus-node-exporter'),
    link('usr/bin/postgres_exporter', 'prometheus-postgres-exporter'),
    link('redis_exporter', 'usr/bin/prometheus-redis-exporter'),
    link('usr/local/lib/postgresql', `../../lib/postgresql/${postgresMajor}`),
  ];
}

function ownEntrypoints(): Extra[] {
  return Object.entries(entrypoints()).map(([name, text]) => ({
    path: `${ENTRYPOINTS.slice(1)}/${name}`,
    text,
    mode: 0o755,
  }));
}

/** Folders of Prometheus and Alertmanager, with a configuration for who mounts none. */
function placesOfMonitoring(): Extra[] {
  return [
    folder('prometheus', 'nobody'),
    folder('etc/prometheus'),
    {
      path: 'etc/prometheus/prometheus.yml',
      text: [
        'scrape_configs:',
        '  - job_name: prometheus',
        '    static_configs: [{ targets: ["localhost:9090"] }]',
        '',
      ].join('\n'),
    },
    folder('alertmanager', 'nobody'),
    folder('etc/alertmanager'),
    {
      path: 'etc/alertmanager/alertmanager.yml',
      text: 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n',
    },
  ];
}

/** Folders of PostgreSQL, Redis and RabbitMQ. */
function placesOfBacking(): Extra[] {
  return [
    folder('var/lib/postgresql', 'postgres'),
    // Whoever the server is told to be can begin in it.
    folder('var/lib/postgresql/data', 'postgres', 0o1777),
    folder('run/postgresql', 'postgres', 0o3777),
    folder('data', 'redis'),
    folder('var/lib/rabbitmq', 'rabbitmq', 0o777),
    folder('var/log/rabbitmq', 'rabbitmq', 0o777),
    folder('etc/rabbitmq', 'rabbitmq', 0o777),
    folder('etc/rabbitmq/conf.d', 'rabbitmq', 0o777),
    {
      path: 'etc/rabbitmq/conf.d/10-defaults.conf',
      text: [
        '# In a container whoever connects comes from outside.',
        'loopback_users.guest = false',
        'log.console = true',
        '',
      ].join('\n'),
    },
    {
      path: 'etc/rabbitmq/enabled_plugins',
      text: '[rabbitmq_prometheus].\n',
      owner: uidOf('rabbitmq'),
    },
  ];
}
