import { plainContainer } from '../../model/containers.ts';
import type { ContainerPlan } from '../../model/containers.ts';
import type { RunRequest } from '../events.ts';

/** Where the driver has what it needs, in its container. */
export const HOME = '/gtv';
/** The run's folder, as the driver sees it. */
export const RUN = `${HOME}/run`;
/** Where the driver sees the synthetic host. */
export const DRIVER_HOST = `${RUN}/host`;

/** Name of the driver's container on the run's network. */
export const DRIVER = 'driver';

/**
 * The driver's container: the run inside as a program of node, with the request as its argument.
 */
export function driverPlan(
  image: string,
  volumes: ContainerPlan['volumes'],
  request: RunRequest,
): ContainerPlan {
  return {
    ...plainContainer(DRIVER, image),
    entrypoint: ['node'],
    command: [`${HOME}/main.mjs`, JSON.stringify(request)],
    user: '0',
    hostname: DRIVER,
    volumes,
  };
}
