import { watchConnections } from '../http-service/watch.ts';
import type { RunningTechnology } from '../running.ts';
import { componentOf } from '../registry.ts';
import { serviceProcess } from '../service-process.ts';
import { gtVision } from './index.ts';
import { loadTruths } from './load-truths.ts';

export const running: RunningTechnology = {
  processes: Object.fromEntries(
    gtVision.components.map(({ name }) => [
      name,
      (place, at) => serviceProcess(place, at, name.replace('fake/', '')),
    ]),
  ),
  acting: (world) =>
    Promise.resolve(
      watchConnections({
        ...world,
        jobs: world.jobs.filter((job) => componentOf(job.component)?.service !== undefined),
      }),
    ),
  loadTruths,
};
