import type Docker from 'dockerode';
import { HarnessError, messageOf } from '../../lib/errors.ts';

/** The first addresses are the engine's own (gateway) and, with some, those of its services. */
const FIRST = 10;
const TRIES = 5;

/** A network of a run's own, with an address for each name. */
export interface RunNetwork {
  name: string;
  addresses: Record<string, string>;
}

/**
 * Makes a network with fixed addresses: a container that was stopped comes back where it was, and
 * its name still leads somewhere meanwhile, as in production, where DNS would be asked and would
 * not know it. The engine picks a free range; it lets nobody choose addresses in a range that it
 * picked, so the range is taken from a first network, and given to a second one. Nothing goes out:
 * there is no address translation.
 * @throws HarnessError when the engine has no room for another network
 */
export async function createNetwork(
  docker: Docker,
  name: string,
  names: string[],
  labels: Record<string, string>,
): Promise<RunNetwork> {
  const options = {
    Name: name,
    Driver: 'bridge',
    Labels: labels,
    CheckDuplicate: true,
    Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
  };
  let last: unknown;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      const first = await docker.createNetwork(options);
      const subnet = subnetOf((await first.inspect()) as NetworkInfo);
      await first.remove();
      if (!subnet) throw new Error('the engine names no IPv4 range for its networks');
      await docker.createNetwork({
        ...options,
        IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
      });
      return {
        name,
        addresses: Object.fromEntries(names.map((each, i) => [each, addressIn(subnet, FIRST + i)])),
      };
    } catch (error) {
      // Somebody else may have taken the range between the two.
      last = error;
      if (!/overlap|in use|conflict/i.test(messageOf(error))) break;
    }
  }
  throw new HarnessError(
    `the engine can't make a network: ${messageOf(last)}`,
    'If it has too many (`docker network ls`), remove those that nobody needs. `npm run ' +
      'down` removes what killed runs have left.',
    { cause: last },
  );
}

interface NetworkInfo {
  IPAM?: { Config?: { Subnet?: string }[] };
}

function subnetOf(info: NetworkInfo): string | undefined {
  return info.IPAM?.Config?.map((config) => config.Subnet).find(
    (subnet) => subnet?.includes('.') === true,
  );
}

/** The n-th address of an IPv4 range such as `172.18.0.0/16`. */
export function addressIn(subnet: string, n: number): string {
  const [base = '', bits = '32'] = subnet.split('/');
  if (n >= 2 ** (32 - Number(bits)) - 1)
    throw new Error(`the range ${subnet} has no room for ${n} addresses`);
  const number = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + n;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
