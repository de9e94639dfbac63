import type Docker from 'dockerode';
import { HOLDER_LABEL } from '../../container-engine/engine.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import type { Surroundings } from './container.ts';
import { optionsOf } from './create-options.ts';

/**
 * A container of a run that holds an address and does nothing else. A component that may be stopped
 * runs in its network namespace: the address stays, and connections to it are refused at once, as
 * those to a dead process on a living host are. The address of a stopped container answers nothing
 * at all, and whoever connects to it hangs for seconds.
 */
export async function addressHolder(
  plan: ContainerPlan,
  around: Surroundings,
): Promise<Docker.Container> {
  const container = await around.docker.createContainer(
    optionsOf(
      { ...bareOf(plan), image: around.idleImage, entrypoint: ['sleep'], command: ['infinity'] },
      {
        ...around,
        prefix: `${around.prefix}-address`,
        labels: { ...around.labels, [HOLDER_LABEL]: plan.service },
      },
    ),
  );
  await container.start();
  return container;
}

/** What belongs to the network of a service, and not to the service itself. */
function bareOf({ service, job, hostname, ports }: ContainerPlan): ContainerPlan {
  return {
    service,
    job,
    hostname,
    ports,
    image: '',
    built: false,
    entrypoint: null,
    command: null,
    environment: {},
    user: '0',
    shmBytes: null,
    ulimits: [],
    capDrop: ['ALL'],
    securityOpt: [],
    volumes: [],
    files: [],
    secrets: [],
    dependsOn: [],
    healthcheck: null,
  };
}
