import { posix } from 'node:path';
import type { Alertmanager } from './alertmanager.ts';
import type { Compose } from './compose/index.ts';
import type { Service } from './compose/service.ts';
import { mountedAt, placesInStack } from './mounts.ts';
import { eachScalar } from './source/node.ts';
import type { Place } from './source/value.ts';

/** A file with a secret that a program of the stack reads. */
export interface SecretUse {
  /** Where it lies, relative to the stack's folder. */
  path: string;
  /** Where it is named. */
  place: Place;
  /** The service that reads it. */
  service: string;
  /** Whom the service runs as; undefined when nobody here can tell. */
  reader: Reader | undefined;
}

/** A user and their group, as numbers: names are the image's own. */
export interface Reader {
  uid: number;
  gid: number;
}

/**
 * Whom images run as, by their Dockerfiles. Those that begin as root and hand the secret on
 * (postgres, minio) can read anything; RabbitMQ begins as root, and its server reads the file as
 * its own user.
 */
const USERS: [RegExp, Reader][] = [
  [
    /(^|\/)(prometheus|alertmanager|node-exporter|postgres-exporter|blackbox-exporter|pushgateway)$/,
    { uid: 65_534, gid: 65_534 },
  ],
  [/(^|\/)grafana(-oss|-enterprise)?$/, { uid: 472, gid: 0 }],
  [/(^|\/)redis_exporter$/, { uid: 59_000, gid: 59_000 }],
  [/^(library\/)?rabbitmq$/, { uid: 999, gid: 999 }],
  [/^(library\/)?(postgres|redis|mysql|mariadb)$|(^|\/)minio$/, { uid: 0, gid: 0 }],
];
const ALERTMANAGER = /(^|\/)alertmanager$/;

/**
 * The secrets that compose files mount, and those that Alertmanager's configuration names by file.
 */
export function secretUses(composes: Compose[], alertmanagers: Alertmanager[]): SecretUse[] {
  return [
    ...composes.flatMap(mountedSecrets),
    ...alertmanagers.flatMap((one) => configuredSecrets(one, composes)),
  ];
}

function mountedSecrets({ file, root, services }: Compose): SecretUse[] {
  const declared = new Map(
    root
      .get('secrets')
      .entries()
      .map(({ key, value }) => [key, value]),
  );
  return services.flatMap((service) =>
    service.values
      .flatMap((value) => value.get('secrets').items())
      .flatMap((use) => {
        const named = use.isMap ? use.get('source') : use;
        const path = declared
          .get(named.text() ?? '')
          ?.get('file')
          .text();
        return path === undefined || path.includes('$') || path.startsWith('/')
          ? []
          : [
              {
                path: posix.normalize(posix.join(posix.dirname(file.path), path)),
                place: named.place,
                service: service.name,
                reader: readerOf(service),
              },
            ];
      }),
  );
}

/**
 * What `…_file` keys of Alertmanager's configuration lead to, where a compose file mounts it from.
 */
function configuredSecrets({ file, root }: Alertmanager, composes: Compose[]): SecretUse[] {
  if (mountedAt(composes, ALERTMANAGER, file.path).length === 0) return [];
  const service = composes
    .flatMap((one) => one.services)
    .find(({ program }) => ALERTMANAGER.test(program));
  const uses: SecretUse[] = [];
  eachScalar(root.node, (scalar, keys, entry) => {
    if (typeof scalar.value !== 'string' || entry?.value !== scalar) return;
    if (!/_file$/.test(keys.at(-1) ?? '')) return;
    const [path] = placesInStack(composes, file, '/etc/alertmanager', scalar.value);
    if (service && path !== undefined)
      uses.push({
        path,
        place: { file, from: scalar.from, to: scalar.to },
        service: service.name,
        reader: readerOf(service),
      });
  });
  return uses;
}

/** What the compose file says, else what the image is known for. */
function readerOf(service: Service): Reader | undefined {
  const said = /^(\d+)(?::(\d+))?$/.exec(service.get('user').text() ?? '');
  if (said) return { uid: Number(said[1]), gid: Number(said[2] ?? 0) };
  if (service.get('user').exists) return undefined;
  return USERS.find(([program]) => program.test(service.program))?.[1];
}
