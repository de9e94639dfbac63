import type Docker from 'dockerode';
import type { VolumePlan } from '../../model/containers.ts';

/**
 * tmpfs(5) counts in pages here: Podman takes `size` for a quota on its own disk, which few file
 * systems have.
 */
const PAGE_BYTES = 4096;

/**
 * Makes a run's volumes; those with a size are in memory, and shared by all containers that mount
 * them.
 */
export async function createVolumes(
  docker: Docker,
  volumes: VolumePlan[],
  prefix: string,
  labels: Record<string, string>,
): Promise<void> {
  await Promise.all(
    volumes.map(({ name, memoryBytes }) =>
      docker.createVolume({
        Name: `${prefix}-${name}`,
        Labels: labels,
        Driver: 'local',
        ...(memoryBytes === null
          ? {}
          : {
              DriverOpts: {
                type: 'tmpfs',
                device: 'tmpfs',
                o: `nr_blocks=${Math.ceil(memoryBytes / PAGE_BYTES)}`,
              },
            }),
      }),
    ),
  );
}
