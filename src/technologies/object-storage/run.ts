import { CAPACITY_MIB } from '../../model/world.ts';
import type { RunningTechnology } from '../running.ts';
import { serviceProcess } from '../service-process.ts';
import { objectsClient } from './client.ts';

export const running: RunningTechnology = {
  processes: {
    'fake/minio': (place, at) =>
      serviceProcess(place, at, 'minio', { CAPACITY_MIB: String(CAPACITY_MIB) }),
  },
  acting: ({ jobs: [job] }) =>
    Promise.resolve(
      job
        ? {
            actors: {
              'stored-objects': objectsClient(
                `http://${job.target}`,
                job.name,
                CAPACITY_MIB * 1024 * 1024,
              ),
            },
          }
        : {},
    ),
};
