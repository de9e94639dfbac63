import { posix } from 'node:path';
import { holdsSecret } from '../../lib/secret-names.ts';
import { argumentsOf } from '../../stack/compose/command-line.ts';
import { tagOf } from '../../stack/pinned.ts';
import type { Rule } from '../rule.ts';
import type { Compose, Service } from '../../stack/compose/index.ts';

/** Programs that answer anybody who can reach them, or whose data nobody outside needs. */
const INTERNAL =
  /(^|\/)(prometheus|alertmanager|[\w-]*exporter|postgres|postgresql|redis|valkey|rabbitmq|minio|mysql|mariadb|mongo|pushgateway|cadvisor|loki|tempo|node-exporter|elasticsearch|memcached)$/;
/** Where each keeps what must outlive a restart. */
const DATA: [RegExp, string][] = [
  [/(^|\/)prometheus$/, '/prometheus'],
  [/(^|\/)alertmanager$/, '/alertmanager'],
  [/(^|\/)grafana(-oss|-enterprise)?$/, '/var/lib/grafana'],
  [/^(library\/)?postgres$/, '/var/lib/postgresql'],
  [/^(library\/)?(mysql|mariadb)$/, '/var/lib/mysql'],
  [/^(library\/)?mongo$/, '/data/db'],
  [/^(library\/)?rabbitmq$/, '/var/lib/rabbitmq'],
  [/(^|\/)minio$/, '/data'],
];
/** Whether there is one, not which. */
const NO_PASSWORD = /(ALLOW|RANDOM|EMPTY|DISABLE|REQUIRE)/i;
const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/:@\s]+:([^/@\s]+)@/i;
/** What images come with, and what stands in every tutorial. */
const DEFAULTS = new Set([
  'admin',
  'password',
  'passw0rd',
  'postgres',
  'guest',
  'minioadmin',
  'minio',
  'minio123',
  'root',
  'changeme',
  'change-me',
  'secret',
  'test',
  'example',
  'default',
  '123456',
  '12345678',
  'grafana',
  'redis',
  'rabbitmq',
  'user',
  'prom-operator',
  'admin123',
  'password123',
]);
/** Whether it is a password that everybody knows. */
export function isKnownPassword(text: string): boolean {
  return DEFAULTS.has(text.toLowerCase());
}

/** What images set when nobody says otherwise. */
const UNSET = [
  {
    program: /(^|\/)grafana(-oss|-enterprise)?$/,
    key: 'GF_SECURITY_ADMIN_PASSWORD',
    password: 'admin',
  },
  { program: /(^|\/)minio$/, key: 'MINIO_ROOT_PASSWORD', password: 'minioadmin' },
];
/** With this no administrator is made whose password could be known. */
const NO_ADMIN = 'GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION';
/** Plugins that Grafana has built in, or that need AngularJS. */
const OBSOLETE_PLUGINS = new Set([
  'grafana-piechart-panel',
  'grafana-worldmap-panel',
  'grafana-simple-json-datasource',
  'natel-discrete-panel',
  'agenty-flowcharting-panel',
]);

/**
 * The services of all projects; one that several files lay over each other is there once for each.
 */
const servicesOf = (composes: Compose[]): Service[] => composes.flatMap((one) => one.services);
const subjectOf = (service: Service): string => `service ${service.name}`;

export const latestImage: Rule = {
  id: 'compose/latest-image',
  level: 'warning',
  title: 'An image that is not pinned',
  why: 'What runs changes with the next pull: what worked yesterday fails today, and nobody changed anything.',
  mend: 'Name a version: `prom/prometheus:v3.5.0`.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const text = service.image.text();
      // A variable without a default pins nothing that could be read here; one's own image is built
      // here.
      if (
        text === undefined ||
        text.includes('@sha256:') ||
        service.get('build').exists ||
        /\$\{?\w+\}?$/.test(text)
      )
        continue;
      const tag = tagOf(text);
      if (tag === undefined || tag === 'latest')
        say(
          service.image.place,
          `${text} is ${tag === undefined ? 'the latest, for no version is named' : 'the latest'}`,
          { subject: subjectOf(service) },
        );
    }
  },
};

export const defaultPassword: Rule = {
  id: 'compose/default-password',
  level: 'error',
  title: 'A password that everybody knows, or that stands in the file',
  why: 'Whoever reaches the port is in; and whoever reads the repository has the password.',
  mend: 'Read it from a secret file (`…_FILE`), or from the environment without a default: `${GRAFANA_PASSWORD:?}`.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const unset = UNSET.find(({ program }) => program.test(service.program));
      const elsewhere =
        service.get('env_file').exists ||
        service.get('extends').exists ||
        service.environment.some(({ key, text }) => key === NO_ADMIN && text === 'true') ||
        service.mounts.some(
          ({ target }) => target.endsWith('grafana.ini') || target === '/etc/grafana',
        );
      if (unset && !elsewhere && !service.environment.some(({ key }) => key.startsWith(unset.key)))
        say(
          service.image.place,
          `without \`${unset.key}\` the password is \`${unset.password}\`, which everybody knows`,
          { subject: subjectOf(service) },
        );
    }
    for (const service of servicesOf(composes))
      for (const { key, text = '', place, from } of service.environment) {
        const inUrl = URL_PASSWORD.exec(text)?.[1];
        if (inUrl !== undefined && !inUrl.startsWith('$'))
          say(place, `\`${key}\` holds a password in its address`, {
            subject: subjectOf(service),
          });
        if (!holdsSecret(key, text) || NO_PASSWORD.test(key)) continue;
        const fallback = /^\$\{\w+:?-([^}]*)\}$/.exec(text)?.[1];
        const literal = fallback ?? (/^\$/.test(text) ? '' : text);
        if (literal === '') continue;
        const known = DEFAULTS.has(literal.toLowerCase());
        // A file of variables is made on the machine.
        if (!known && from === 'env_file') continue;
        say(
          place,
          known
            ? `\`${key}\` is ${fallback === undefined ? '' : 'by default '}a password that everybody knows`
            : `\`${key}\` holds a password`,
          { subject: subjectOf(service) },
        );
      }
  },
};

export const openPort: Rule = {
  id: 'compose/open-port',
  level: 'warning',
  title: 'A port open beyond this machine without need',
  why:
    "Docker publishes on all addresses and goes past the host's firewall: whoever reaches " +
    'the machine reaches the database, the metrics, and can silence alerts.',
  mend:
    'Bind it to loopback (`"127.0.0.1:9090:9090"`), or leave it out: services of one network ' +
    'reach each other without it.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes))
      if (INTERNAL.test(service.program))
        for (const port of service.ports) {
          const address = port.isMap ? port.get('host_ip').text() : hostOf(port.text() ?? '');
          if (address === undefined && !(port.isMap && !port.get('published').exists))
            say(
              port.isMap ? port.head : port.place,
              `${port.isMap ? (port.get('published').text() ?? '') : (port.text() ?? '')} is open on all addresses`,
              { subject: subjectOf(service) },
            );
        }
  },
};

export const dataWithoutVolume: Rule = {
  id: 'compose/data-without-volume',
  level: 'warning',
  title: 'Data without a volume',
  why: 'It is gone with the container: history, silences, dashboards, the database itself.',
  mend: 'Mount a named volume there.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes)) {
      const path = DATA.find(([image]) => image.test(service.program))?.[1];
      if (path === undefined || service.get('extends').exists || service.get('volumes_from').exists)
        continue;
      const command = (argumentsOf(service) ?? service.get('command').texts())
        .map(({ text }) => text)
        .join(' ');
      const moved = /--storage\.(tsdb\.)?path[= ](\S+)/.exec(command)?.[2];
      const wanted = service.program.endsWith('minio')
        ? (/server\s+(\/\S+)/.exec(command)?.[1] ?? path)
        : (moved ?? path);
      if (
        !service.mounts.some(
          ({ target }) =>
            target === wanted ||
            wanted.startsWith(`${target}/`) ||
            target.startsWith(`${posix.normalize(wanted)}/`),
        )
      )
        say(service.image.place, `nothing is mounted at ${wanted}`, {
          subject: subjectOf(service),
        });
    }
  },
};

export const undefinedVolume: Rule = {
  id: 'compose/undefined-volume',
  level: 'error',
  title: 'A volume that is not declared',
  why: 'compose refuses the file.',
  mend: 'Declare it under `volumes`.',
  check: ({ composes }, say) => {
    for (const { service, project } of composes.flatMap((one) =>
      one.services.map((each) => ({ service: each, project: one })),
    ))
      for (const { source, value } of service.mounts)
        if (
          /^[a-zA-Z0-9][\w.-]*$/.test(source) &&
          !project.root.get('include').exists &&
          !project.volumes.includes(source) &&
          (value.get('type').text() ?? 'volume') === 'volume'
        )
          say(value.isMap ? value.head : value.place, `the volume \`${source}\` is not declared`, {
            subject: subjectOf(service),
          });
  },
};

export const obsoletePlugin: Rule = {
  id: 'compose/obsolete-plugin',
  level: 'error',
  title: 'A plugin that current Grafana no longer takes',
  why:
    'It is built in under another name, or needs AngularJS, which Grafana no longer has: the ' +
    'installation fails, or its panels stay empty.',
  mend: 'Remove it, and use the built-in panel.',
  check: ({ composes }, say) => {
    for (const service of servicesOf(composes))
      for (const { key, text = '', place } of service.environment)
        if (/^GF_(INSTALL_PLUGINS|PLUGINS_PREINSTALL(_SYNC)?)$/.test(key))
          for (const plugin of text.split(',').map((p) => p.trim().split(/[ @]/)[0] ?? '')) {
            if (OBSOLETE_PLUGINS.has(plugin))
              say(place, `\`${plugin}\` is obsolete`, { subject: subjectOf(service) });
          }
  },
};

/**
 * The address a port is bound to; undefined when it is all of them, or when it is a variable's
 * affair.
 */
function hostOf(port: string): string | undefined {
  const parts = port.match(/(?:\[[^\]]*\]|\$\{[^}]*\}|[^:])+/g) ?? [];
  // A container's port alone is published on a random port, on all addresses: hardly ever meant,
  // but nobody finds it either.
  if (parts.length < 2) return 'random';
  return parts.length > 2 && !['0.0.0.0', '[::]'].includes(parts[0] ?? '') ? parts[0] : undefined;
}
