import type Docker from 'dockerode';
import { lifeOf } from '../../lib/process-mark.ts';
import { HOLDER_LABEL, OWNER_LABEL, RUN_LABEL } from '../../container-engine/engine.ts';

/** What was removed, by kind. */
export interface Removed {
  containers: number;
  networks: number;
  volumes: number;
}

interface Labelled {
  Labels?: Record<string, string> | null | undefined;
}

/**
 * Removes everything that carries a run's label: its containers with their own volumes, then
 * networks and named volumes. What is gone already, or what somebody else is just removing, is no
 * error.
 */
export async function removeRun(docker: Docker, runId: string): Promise<Removed> {
  return removeWhere(docker, `${RUN_LABEL}=${runId}`, () => true);
}

/**
 * Removes what runs have left whose harness is dead, and nothing else: a run's things carry labels
 * of its own, with the process that needs them. Those of a process that can't be seen from here
 * (another machine, another container) stay.
 */
export async function removeDeadRuns(docker: Docker): Promise<Removed> {
  return removeWhere(docker, RUN_LABEL, (labels) => lifeOf(labels[OWNER_LABEL]) === 'dead');
}

async function removeWhere(
  docker: Docker,
  label: string,
  wanted: (labels: Record<string, string>) => boolean,
): Promise<Removed> {
  const filters = JSON.stringify({ label: [label] });
  const ours = <T extends Labelled>(things: T[]): T[] =>
    things.filter((thing) => wanted(thing.Labels ?? {}));
  const containers = ours(await docker.listContainers({ all: true, filters }));
  const isHolder = ({ Labels: labels }: Labelled): boolean => labels?.[HOLDER_LABEL] !== undefined;
  for (const some of [containers.filter((c) => !isHolder(c)), containers.filter(isHolder)]) {
    await Promise.all(
      some.map(({ Id }) =>
        docker.getContainer(Id).remove({ force: true, v: true }).catch(unlessGone),
      ),
    );
  }
  const [networks, volumes] = await Promise.all([
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  const [ourNetworks, ourVolumes] = [ours(networks), ours(volumes.Volumes ?? [])];
  await Promise.all([
    ...ourNetworks.map(({ Id }) => removeNetwork(docker.getNetwork(Id))),
    ...ourVolumes.map(({ Name }) => docker.getVolume(Name).remove().catch(unlessGone)),
  ]);
  return {
    containers: containers.length,
    networks: ourNetworks.length,
    volumes: ourVolumes.length,
  };
}

/**
 * An engine that has ended many containers at once may keep an endpoint of one that is gone, and
 * doesn't remove its network: what is still connected is taken off first, by force. Nobody else's
 * container is in a run's own network.
 */
async function removeNetwork(network: Docker.Network): Promise<void> {
  try {
    const { Containers: connected } = (await network.inspect()) as {
      Containers?: Record<string, { Name: string }> | null;
    };
    await Promise.all(
      Object.values(connected ?? {}).map(({ Name }) =>
        network.disconnect({ Container: Name, Force: true }).catch(unlessGone),
      ),
    );
    await network.remove();
  } catch (error) {
    unlessGone(error as { statusCode?: number });
  }
}

function unlessGone(error: { statusCode?: number; message?: string }): void {
  const goneOrGoing =
    error.statusCode === 404 ||
    (error.statusCode === 409 && /already in progress/i.test(error.message ?? ''));
  if (!goneOrGoing) throw error as Error;
}
