import type { RunningTechnology } from '../running.ts';
import { serviceProcess } from '../service-process.ts';

export const running: RunningTechnology = {
  processes: { 'fake/mediamtx': (place, at) => serviceProcess(place, at, 'mediamtx') },
};
