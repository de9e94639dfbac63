import { CAPACITY_MIB, STORAGE_DRIVES } from './settings.ts';
import type { RunningTechnology } from '../running.ts';
import { serviceProcess } from '../service-process.ts';
import { storageActors } from './client.ts';
import { fill } from './fill.ts';

export const running: RunningTechnology = {
  fill,
  processes: {
    'fake/minio': (place, at) =>
      serviceProcess(place, at, 'minio', { CAPACITY_MIB: String(CAPACITY_MIB) }),
  },
  acting: ({ jobs: [job] }) => {
    if (!job) return Promise.resolve({});
    const { objects, drives } = storageActors({
      base: `http://${job.target}`,
      job: job.name,
      capacityBytes: CAPACITY_MIB * 1024 * 1024,
      driveCount: STORAGE_DRIVES,
    });
    return Promise.resolve({ actors: { 'stored-objects': objects, 'drives-offline': drives } });
  },
};
