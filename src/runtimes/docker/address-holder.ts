import type Docker from 'dockerode';
import { HOLDER_LABEL } from '../../container-engine/engine.ts';
import { plainContainer } from '../../model/containers.ts';
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
  const { service, job, hostname, ports } = plan;
  const holder: ContainerPlan = {
    ...plainContainer(service, around.idleImage),
    // What belongs to the network of a service, and not to the service itself.
    ...{ job, hostname, ports },
    ...{ entrypoint: ['sleep'], command: ['infinity'], user: '0', capDrop: ['ALL'] },
  };
  const container = await around.docker.createContainer(
    optionsOf(holder, {
      ...around,
      prefix: `${around.prefix}-address`,
      labels: { ...around.labels, [HOLDER_LABEL]: service },
    }),
  );
  await container.start();
  return container;
}
