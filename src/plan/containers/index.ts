import { posix } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import type { InputProblem } from '../../lib/errors.ts';
import { splitTarget } from '../../lib/target.ts';
import type { Compose, ComposeService } from '../../model/compose.ts';
import { GRAFANA, HOST_VOLUMES, hostVolumes } from '../../model/containers.ts';
import type { ContainerPlan, ContainersPlan, VolumePlan } from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import type { StackFile } from '../../model/spec.ts';
import { DECOY_BYTES, DISK_BYTES } from '../../model/world.ts';
import type { ContainerChanges, StandIn } from '../../technologies/packaging.ts';
import { TECHNOLOGIES } from '../../technologies/registry.ts';

/** What a technology changes about a component of its own. */
function changesOf(component: string, plan: Plan): ContainerChanges {
  const changes = TECHNOLOGIES.flatMap(({ inContainer }) => inContainer?.[component] ?? [])[0];
  return changes?.(plan) ?? {};
}

function standInFor(component: string): StandIn | undefined {
  return TECHNOLOGIES.flatMap(({ standIns }) => standIns ?? []).find(
    (standIn) => standIn.component === component,
  );
}

/**
 * What a run in containers starts: the services of the compose file with the sped-up files of the
 * plan, and with what a run changes about each of them. Pure.
 * @throws InputError when a service wants something of the host that a run doesn't give
 */
export function containersOf(compose: Compose, plan: Plan): ContainersPlan {
  const problems: InputProblem[] = [];
  const standIns: ContainersPlan['standIns'] = [];
  const files = [...plan.files, ...compose.files];
  const containers = compose.services.map((service): ContainerPlan => {
    const job = plan.jobs.find((j) => splitTarget(j.target).host === service.name);
    const component = job?.component ?? service.name;
    const standIn = service.build ? undefined : standInFor(component);
    if (standIn) {
      standIns.push({ service: service.name, image: standIn.image, why: standIn.why });
      return {
        ...bare(service, job?.name ?? null),
        ...changesOf(component, plan),
        image: standIn.image,
        built: true,
      };
    }
    const changes = changesOf(component, plan);
    const hostMounts = service.mounts.filter((mount) => mount.kind === 'host');
    if (hostMounts.length > 0 && component !== 'node-exporter')
      problems.push({
        source: { ...service.source, file: compose.file },
        message: `${service.name} mounts ${hostMounts.map((m) => m.path).join(', ')} of the host`,
        expected: 'volumes, and files of the stack: a run touches nothing else of the machine',
      });
    return {
      ...bare(service, job?.name ?? null),
      ...merged(service, changes),
      image: service.image,
      built: service.build !== null,
      volumes: [
        ...service.mounts.flatMap((mount) =>
          mount.kind === 'volume'
            ? [{ name: mount.name, target: mount.target, readOnly: mount.readOnly }]
            : [],
        ),
        ...(hostMounts.length > 0 && component === 'node-exporter'
          ? hostVolumes(posix.dirname(hostMounts[0]?.target ?? '/host/proc'), true)
          : []),
      ],
      files: [
        ...service.mounts.flatMap((mount) =>
          mount.kind === 'stack' ? placed(files, mount.path, mount.target) : [],
        ),
        ...(changes.files ?? []),
      ],
      secrets: [
        ...service.secrets.map(({ name, target }) => ({
          name,
          path: target,
          form: target.startsWith('/etc/rabbitmq/')
            ? ('rabbitmq-login' as const)
            : ('word' as const),
        })),
      ],
    };
  });
  if (problems.length > 0) throw new InputError(problems);
  return {
    containers,
    volumes: volumesOf(containers),
    logins: loginsOf(containers, plan),
    standIns,
  };
}

function bare(service: ComposeService, job: string | null): ContainerPlan {
  return {
    service: service.name,
    job,
    image: service.image,
    built: false,
    entrypoint: null,
    command: null,
    environment: {},
    user: null,
    hostname: service.hostname,
    shmBytes: null,
    ulimits: [],
    capDrop: service.capDrop,
    securityOpt: service.securityOpt,
    volumes: [],
    files: [],
    secrets: [],
    dependsOn: [],
    healthcheck: null,
    ports: [],
  };
}

function merged(service: ComposeService, changes: ContainerChanges): Partial<ContainerPlan> {
  const { entrypoint, user, shmBytes, ulimits, dependsOn, healthcheck, ports } = service;
  const flags = changes.flags ?? [];
  const command =
    service.command === null && flags.length === 0 && changes.more === undefined
      ? null
      : [...withFlags(service.command ?? [], flags), ...(changes.more ?? [])];
  return {
    entrypoint,
    user,
    shmBytes,
    ulimits,
    dependsOn,
    healthcheck,
    ports,
    command,
    environment: { ...service.environment, ...changes.environment },
  };
}

/**
 * A command line with these flags; one that is there already with another value is replaced, since
 * most programs refuse a flag twice.
 */
export function withFlags(command: string[], flags: string[]): string[] {
  const nameOf = (flag: string): string => flag.split('=')[0] ?? flag;
  const names = new Set(flags.map(nameOf));
  return [
    ...command.filter((word) => !word.startsWith('--') || !names.has(nameOf(word))),
    ...flags,
  ];
}

/** The files below a path of the stack, where they are in the container. */
function placed(
  files: StackFile[],
  path: string,
  target: string,
): { path: string; text: string }[] {
  return files.flatMap((file) => {
    if (file.path === path) return [{ path: target, text: file.text }];
    return file.path.startsWith(`${path}/`)
      ? [{ path: posix.join(target, file.path.slice(path.length + 1)), text: file.text }]
      : [];
  });
}

function volumesOf(containers: ContainerPlan[]): VolumePlan[] {
  const memory: Record<string, number> = {
    [HOST_VOLUMES.disk]: DISK_BYTES,
    [HOST_VOLUMES.decoy]: DECOY_BYTES,
  };
  const names = new Set([
    ...containers.flatMap((c) => c.volumes.map((v) => v.name)),
    ...Object.values(HOST_VOLUMES),
  ]);
  return [...names].map((name) => ({ name, memoryBytes: memory[name] ?? null }));
}

/**
 * Which secret is the password of the run's clients; where a service has none, its login is the
 * image's own.
 */
function loginsOf(containers: ContainerPlan[], plan: Plan): ContainersPlan['logins'] {
  const grafana = containers.find((c) => c.service === GRAFANA.service);
  const administrator = grafana?.secrets.find(
    (secret) => secret.path === grafana.environment['GF_SECURITY_ADMIN_PASSWORD__FILE'],
  );
  return {
    ...(administrator
      ? {
          grafana: {
            user: grafana?.environment['GF_SECURITY_ADMIN_USER'] ?? 'admin',
            secret: administrator.name,
          },
        }
      : {}),
    ...Object.fromEntries(
      TECHNOLOGIES.flatMap(({ name, loginIn }) => {
        const login = loginIn?.(containers, plan);
        return login ? [[name, login] as const] : [];
      }),
    ),
  };
}
