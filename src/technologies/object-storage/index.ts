import { groundTruth } from './ground-truth.ts';
import { CAPACITY_MIB, STORAGE_DRIVES } from './settings.ts';
import { standInImage } from '../packaging.ts';
import { MANY_ACTS_MS } from '../response.ts';
import type { Technology } from '../technology.ts';

const STAND_IN = 'fake/minio';
const CAPACITY_BYTES = 1e12;
/** Each node answers for the whole cluster, and says who answers. */
const SERVER = { server: 'minio:9000' };

/** Object storage with the metrics of MinIO; what runs is a stand-in with a small capacity. */
export const objectStorage: Technology = {
  name: 'object-storage',
  components: [{ name: STAND_IN }],
  standIns: [
    {
      component: STAND_IN,
      repository: 'minio/minio',
      image: standInImage('minio'),
      why: 'MinIO counts what is stored every few minutes, which nothing speeds up',
    },
  ],
  inContainer: { [STAND_IN]: () => ({ environment: { CAPACITY_MIB: String(CAPACITY_MIB) } }) },
  groundTruth,
  run: () => import('./run.ts'),
  stimuli: [
    {
      kind: 'stored-objects',
      meaning: "share of the object storage's capacity",
      level: { min: 0, max: 1, idle: 0.3 },
      signal: () => 'stored-objects',
      occupies: () => [{ component: STAND_IN, part: 'objects' }],
      responseMs: () => MANY_ACTS_MS,
      recipe: {
        follows: 'at-once',
        series: [
          {
            metric: 'minio_cluster_capacity_usable_free_bytes',
            labels: SERVER,
            whole: true,
            at: (share) => CAPACITY_BYTES * (1 - share),
          },
          {
            metric: 'minio_cluster_capacity_usable_total_bytes',
            labels: SERVER,
            whole: true,
            at: () => CAPACITY_BYTES,
          },
        ],
      },
    },
    {
      kind: 'drives-offline',
      meaning: `drives of the object storage that are offline, of ${STORAGE_DRIVES}`,
      level: { min: 0, max: STORAGE_DRIVES, integer: true, idle: 0 },
      signal: () => 'drives-offline',
      // What is offline is no capacity: nothing else can be told of it meanwhile.
      occupies: () => [{ component: STAND_IN, part: 'objects' }],
      recipe: {
        follows: 'at-once',
        series: [
          {
            metric: 'minio_cluster_drive_offline_total',
            labels: SERVER,
            whole: true,
            at: (n) => n,
          },
        ],
      },
    },
  ],
  day: ({ minutes }) => ({
    'stored-objects': 0.32 + 0.04 * Math.sin(minutes / 300),
    'drives-offline': 0,
  }),
};
