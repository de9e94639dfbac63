import { posix } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import type { InputProblem } from '../../lib/errors.ts';
import type { Compose, ComposeMount, ComposeService } from '../../model/compose.ts';
import { GRAFANA, HOST_VOLUMES, hostVolumes, plainContainer } from '../../model/containers.ts';
import type {
  ContainerPlan,
  ContainersPlan,
  OriginalPlan,
  VolumePlan,
} from '../../model/containers.ts';
import type { Plan } from '../../model/plan.ts';
import type { StackFile } from '../../model/spec.ts';
import { DECOY_BYTES, DISK_BYTES } from '../../model/world.ts';
import type { ContainerChanges, StandIn } from '../../technologies/packaging.ts';
import { TECHNOLOGIES } from '../../technologies/registry.ts';
import { mountedWithoutSecrets } from '../secrets/index.ts';
import { withOwnEnvironment } from './own-environment.ts';
import { roleOf } from './roles.ts';
import { StandIns, hasStandIn } from './stand-ins.ts';

/** The component that shows the host, which is made up in a run. */
const HOST_EXPORTER = 'node-exporter';

/** What a technology changes about a component of its own. */
function changesOf(component: string, plan: Plan): ContainerChanges {
  const changes = TECHNOLOGIES.flatMap(({ inContainer }) => inContainer?.[component] ?? [])[0];
  return changes?.(plan) ?? {};
}

/** Real programs that run beside their stand-ins, with the size of each one's volumes, bytes. */
type Beside = { container: ContainerPlan; original: OriginalPlan; volumeBytes: number }[];

/**
 * What a run in containers starts: the services of the compose file with the sped-up files of the
 * plan, and with what a run changes about each of them. Pure.
 * @param isHere whether the engine has a real image for which something can stand in, by its name
 * @throws InputError when a service wants something of the host that a run doesn't give
 */
export function containersOf(
  written: Compose,
  plan: Plan,
  isHere: (image: string) => boolean = () => false,
): ContainersPlan {
  const compose = { ...written, services: withOwnEnvironment(written.services) };
  const standIns = new StandIns(plan, isHere);
  const problems = compose.services
    .filter((service) => !standIns.of(service))
    .flatMap((service) => hostProblems(compose.file, service, plan));
  if (problems.length > 0) throw new InputError(problems);
  const files = [...plan.files, ...mountedWithoutSecrets(compose.files)];
  const beside = besideOf(compose, plan, files, standIns);
  const containers = [
    ...compose.services.map((service) => {
      const standIn = standIns.of(service);
      if (standIn) return standInContainer(service, plan, standIn);
      // What a run changes about a stand-in means nothing to the real program.
      const changes = hasStandIn(service, plan)
        ? {}
        : changesOf(roleOf(service, plan).component, plan);
      return containerOf(service, plan, files, changes);
    }),
    ...beside.map(({ container }) => container),
  ];
  return {
    containers,
    volumes: volumesOf(containers, beside),
    logins: loginsOf(containers, plan),
    standIns: standIns.told(compose),
    originals: beside.map(({ original }) => original),
  };
}

/** The real programs that run beside stand-ins: as their services have them, but for their jobs. */
function besideOf(
  { services }: Compose,
  plan: Plan,
  files: StackFile[],
  standIns: StandIns,
): Beside {
  return services.flatMap((service) => {
    const beside = standIns.beside(service);
    if (!beside) return [];
    const { environment, volumeBytes, job } = beside;
    const own = containerOf(service, plan, files, { environment });
    return [
      {
        container: { ...own, service: beside.service, job: null, ports: [] },
        original: { service: beside.service, job },
        volumeBytes,
      },
    ];
  });
}

function standInContainer(
  service: ComposeService,
  plan: Plan,
  { component, image }: StandIn,
): ContainerPlan {
  const { job } = roleOf(service, plan);
  return { ...bare(service, job), ...changesOf(component, plan), image, built: true };
}

const hostMountsOf = ({ mounts }: ComposeService): ComposeMount[] =>
  mounts.filter(({ kind }) => kind === 'host');

/** Of the host itself only the node exporter gets to see something, and that is made up. */
function hostProblems(file: string, service: ComposeService, plan: Plan): InputProblem[] {
  const mounts = service.mounts.flatMap((mount) => (mount.kind === 'host' ? [mount.path] : []));
  const { component } = roleOf(service, plan);
  if (mounts.length === 0 || component === HOST_EXPORTER) return [];
  return [
    {
      source: { ...service.source, file },
      message: `${service.name} mounts ${mounts.join(', ')} of the host`,
      expected: 'volumes, and files of the stack: a run touches nothing else of the machine',
    },
  ];
}

function containerOf(
  service: ComposeService,
  plan: Plan,
  files: StackFile[],
  changes: ContainerChanges,
): ContainerPlan {
  const { job, component } = roleOf(service, plan);
  return {
    ...bare(service, job),
    ...merged(service, changes),
    image: service.image,
    built: service.build !== null,
    volumes: mountedVolumes(service, component),
    files: [
      ...service.mounts.flatMap((mount) =>
        mount.kind === 'stack' ? placed(files, mount.path, mount.target) : [],
      ),
      ...(changes.files ?? []),
    ],
    secrets: service.secrets.map(({ name, target }) => ({
      name,
      path: target,
      form: target.startsWith('/etc/rabbitmq/') ? 'rabbitmq-login' : 'word',
    })),
  };
}

function mountedVolumes(service: ComposeService, component: string): ContainerPlan['volumes'] {
  const own = service.mounts.flatMap((mount) =>
    mount.kind === 'volume'
      ? [{ name: mount.name, target: mount.target, readOnly: mount.readOnly }]
      : [],
  );
  const ofHost = hostMountsOf(service)[0];
  return ofHost && component === HOST_EXPORTER
    ? [...own, ...hostVolumes(posix.dirname(ofHost.target), true)]
    : own;
}

/** What a service and its stand-in have in common. */
function bare(service: ComposeService, job: string | null): ContainerPlan {
  const { name, image, hostname, capDrop, securityOpt } = service;
  return { ...plainContainer(name, image), job, hostname, capDrop, securityOpt };
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

function volumesOf(containers: ContainerPlan[], beside: Beside): VolumePlan[] {
  const memory: Record<string, number> = {
    [HOST_VOLUMES.disk]: DISK_BYTES,
    [HOST_VOLUMES.decoy]: DECOY_BYTES,
    ...Object.fromEntries(
      beside.flatMap(({ container, volumeBytes }) =>
        container.volumes.map(({ name }) => [name, volumeBytes] as const),
      ),
    ),
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
