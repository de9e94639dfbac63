import type { ContainerPlan } from '../../model/containers.ts';
import type { ContainerRuntime } from '../../runtimes/docker/containers.ts';
import type { RunEvent } from '../events.ts';

/**
 * Says where one can look while the run goes on, once everything was started.
 * @param starting how each service comes up; what fails there is told elsewhere
 */
export async function tellPorts(
  runtime: ContainerRuntime,
  plans: ContainerPlan[],
  starting: Promise<void>[],
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  await Promise.allSettled(starting);
  for (const { service, ports } of plans) {
    if (ports.length === 0) continue;
    const published = await runtime.published(service).catch(() => ({}));
    for (const port of Object.values(published))
      onEvent({
        type: 'line',
        text: `  ${service} is at http://127.0.0.1:${port} while the run goes on`,
      });
  }
}
