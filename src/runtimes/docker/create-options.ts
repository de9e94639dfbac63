import type Docker from 'dockerode';
import type { ContainerPlan } from '../../model/containers.ts';
import { grantable, ownLimits } from './ulimits.ts';

/** What all containers of a run have in common when they are made. */
export interface Shared {
  /** Before the names of everything that the run makes. */
  prefix: string;
  labels: Record<string, string>;
  network: string;
  /** Address of each name of the stack. */
  addresses: Record<string, string>;
}

/** The engine's own form of a container. */
export function optionsOf(plan: ContainerPlan, around: Shared): Docker.ContainerCreateOptions {
  return {
    name: `${around.prefix}-${plan.service}`,
    Image: plan.image,
    Labels: around.labels,
    Env: Object.entries(plan.environment).map(([key, value]) => `${key}=${value}`),
    ...(plan.entrypoint === null ? {} : { Entrypoint: plan.entrypoint }),
    ...(plan.command === null ? {} : { Cmd: plan.command }),
    ...(plan.user === null ? {} : { User: plan.user }),
    Hostname: plan.hostname ?? plan.service,
    // The harness asks by itself, and only until the first yes: an engine's own checks would go on
    // in the middle of what is timed.
    Healthcheck: { Test: ['NONE'] },
    ExposedPorts: Object.fromEntries(plan.ports.map((port) => [`${port}/tcp`, {}])),
    HostConfig: {
      Mounts: plan.volumes.map(({ name, target, readOnly }) => ({
        Type: 'volume' as const,
        Source: `${around.prefix}-${name}`,
        Target: target,
        ReadOnly: readOnly,
      })),
      ExtraHosts: Object.entries(around.addresses).map(([name, address]) => `${name}:${address}`),
      // On loopback of the engine's machine, at a port of the engine's choice.
      PortBindings: Object.fromEntries(
        plan.ports.map((port) => [`${port}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
      ),
      RestartPolicy: { Name: '' },
      ...(plan.shmBytes === null ? {} : { ShmSize: plan.shmBytes }),
      ...(plan.ulimits.length === 0
        ? {}
        : {
            Ulimits: grantable(plan.ulimits, ownLimits()).map(({ name, soft, hard }) => ({
              Name: name,
              Soft: soft,
              Hard: hard,
            })),
          }),
      ...(plan.capDrop.length === 0 ? {} : { CapDrop: plan.capDrop }),
      ...(plan.securityOpt.length === 0 ? {} : { SecurityOpt: plan.securityOpt }),
    },
    NetworkingConfig: {
      EndpointsConfig: {
        [around.network]: {
          IPAMConfig: { IPv4Address: around.addresses[plan.service] ?? '' },
          Aliases: [plan.service],
        },
      },
    },
  };
}

/** What belongs to the network of a container, and then to whoever holds that. */
const OF_THE_NETWORK = ['Hostname', 'ExposedPorts', 'NetworkingConfig'];
const OF_THE_NETWORKS_HOST = ['ExtraHosts', 'PortBindings'];

/**
 * The same in the network namespace of another container, which then has the name, the address, the
 * hosts and the ports.
 */
export function withinNetworkOf(
  id: string,
  options: Docker.ContainerCreateOptions,
): Docker.ContainerCreateOptions {
  const without = (what: object, keys: string[]): object =>
    Object.fromEntries(Object.entries(what).filter(([key]) => !keys.includes(key)));
  return {
    ...without(options, OF_THE_NETWORK),
    HostConfig: {
      ...without(options.HostConfig ?? {}, OF_THE_NETWORKS_HOST),
      NetworkMode: `container:${id}`,
    },
  };
}
