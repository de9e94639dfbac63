import type Docker from 'dockerode';
import { createNetwork } from '../../runtimes/docker/network.ts';
import type { RunNetwork } from '../../runtimes/docker/network.ts';
import { PUBLIC_NAMES, RECEIVERS } from '../receiver-names.ts';
import { DRIVER } from './driver-plan.ts';

/** The receivers' names lead to the driver's container. */
const NAMES = [...RECEIVERS, ...Object.keys(PUBLIC_NAMES)];
/** What only the driver itself asks. */
const OWN_LOOPBACK: Record<string, string> = { control: '127.0.1.1', inbox: '127.0.1.2' };

/**
 * Makes the run's network, with an address for each service, for the driver, and for the receivers
 * that it is.
 */
export async function createAddresses(
  docker: Docker,
  name: string,
  services: string[],
  labels: Record<string, string>,
): Promise<RunNetwork> {
  const network = await createNetwork(docker, name, [...services, DRIVER], labels);
  const driver = network.addresses[DRIVER] ?? '';
  return {
    ...network,
    addresses: {
      ...network.addresses,
      ...Object.fromEntries(NAMES.map((receiver) => [receiver, driver])),
    },
  };
}

/** The addresses as the driver has them: with its own. */
export function driverAddresses(addresses: Record<string, string>): Record<string, string> {
  return { ...addresses, ...OWN_LOOPBACK };
}
