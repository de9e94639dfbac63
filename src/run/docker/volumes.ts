import type Docker from 'dockerode';
import type { VolumePlan } from '../../model/containers.ts';

/** Makes a run's volumes; those with a size are in memory, and shared by all containers that mount them. */
export async function createVolumes(docker: Docker, volumes: VolumePlan[], prefix: string, labels: Record<string, string>): Promise<void> {
  await Promise.all(volumes.map(({ name, memoryBytes }) => docker.createVolume({
    Name: `${prefix}-${name}`, Labels: labels, Driver: 'local',
    ...(memoryBytes === null ? {} : { DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${memoryBytes}` } }),
  })));
}
