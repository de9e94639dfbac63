import { groundTruth } from './ground-truth.ts';
import type { Technology } from '../technology.ts';
import { capacity } from './capacity.ts';
import { dayOfServices } from './day.ts';
import { load } from './load.ts';
import { BACKEND, CAMERAS, SERVICES, STREAMING } from './services.ts';

/** GT-Vision's own services, with what k6 can do to them beside requests. */
export const gtVision: Technology = {
  name: 'gt-vision',
  components: [
    // Those that the load asks.
    ...SERVICES.map((name) => ({ name: `fake/${name}`, service: name })),
  ],
  groundTruth,
  run: () => import('./run.ts'),
  stimuli: [
    // The upper bounds of these two are what one load generator can do.
    {
      kind: 'streams',
      meaning: 'streams held open',
      level: { min: 0, max: 1_000, integer: true },
      signal: () => 'load.streams',
      occupies: () => [{ component: STREAMING, part: 'streams' }],
      recipe: {
        follows: 'at-once',
        series: [{ metric: 'gtvision_active_streams', at: (n) => n }],
      },
    },
    {
      kind: 'cameras-offline',
      meaning: `cameras that are offline, of ${CAMERAS}`,
      level: { min: 0, max: CAMERAS, integer: true },
      signal: () => 'load.cameras-offline',
      occupies: () => [{ component: BACKEND, part: 'cameras' }],
      recipe: {
        follows: 'at-once',
        series: [
          { metric: 'gtvision_cameras_offline', at: (n) => n },
          { metric: 'gtvision_cameras_online', at: (n) => CAMERAS - n },
          { metric: 'gtvision_cameras_total', at: () => CAMERAS },
        ],
      },
    },
    {
      kind: 'recording-errors',
      meaning: "errors per second of the stack's own time",
      level: { min: 0, max: 10 },
      signal: () => 'load.recording-errors',
      asks: 'streaming',
      occupies: () => [{ component: STREAMING, part: 'recording-errors' }],
      recipe: {
        follows: 'window',
        series: [
          {
            metric: 'gtvision_recording_errors_total',
            counter: true,
            at: (perSecond) => perSecond,
          },
        ],
      },
    },
  ],
  load,
  capacity,
  day: dayOfServices,
};
