import { groundTruth } from './ground-truth.ts';
import { CAPACITY_MIB, DRIVE_BYTES, STORAGE_DRIVES } from './settings.ts';
import { standInImage } from '../packaging.ts';
import { MANY_ACTS_MS } from '../response.ts';
import type { Technology } from '../technology.ts';

const STAND_IN = 'fake/minio';
/** Which files hold the login of MinIO's image. */
const USER_FILE = 'MINIO_ROOT_USER_FILE';
const PASSWORD_FILE = 'MINIO_ROOT_PASSWORD_FILE';
const CAPACITY_BYTES = 1e12;
/** Each node answers for the whole cluster, and says who answers. */
const SERVER = { server: 'minio:9000' };
/** A node that hasn't learned of it yet: the worst answer counts. */
const LATE = { labels: { server: 'minio-2:9000' }, whole: true, bystander: true } as const;
const LATE_SHARE = 0.3;
/** What the node tells that knows. */
const FREE = {
  metric: 'minio_cluster_capacity_usable_free_bytes',
  labels: SERVER,
  whole: true,
  at: (share: number) => CAPACITY_BYTES * (1 - share),
} as const;
const TOTAL = {
  metric: 'minio_cluster_capacity_usable_total_bytes',
  labels: SERVER,
  whole: true,
  at: () => CAPACITY_BYTES,
} as const;
const OFFLINE = {
  metric: 'minio_cluster_drive_offline_total',
  labels: SERVER,
  whole: true,
  at: (n: number) => n,
} as const;

/** Object storage with the metrics of MinIO; what runs is a stand-in with a small capacity. */
export const objectStorage: Technology = {
  name: 'object-storage',
  components: [{ name: STAND_IN }],
  standIns: [
    {
      component: STAND_IN,
      repository: 'minio/minio',
      image: standInImage('minio'),
      original: {
        runs: 'beside',
        why: 'MinIO tells of its drives what it knew up to a minute ago, which nothing speeds up',
        volumeBytes: DRIVE_BYTES,
        // Else it counts its objects a minute after they were put.
        environment: { MINIO_SCANNER_SPEED: 'fastest' },
      },
    },
  ],
  inContainer: { [STAND_IN]: () => ({ environment: { CAPACITY_MIB: String(CAPACITY_MIB) } }) },
  loginIn: (containers) => {
    const own = containers.find(({ environment }) => environment[USER_FILE] !== undefined);
    const secretAt = (path: string | undefined): string | undefined =>
      own?.secrets.find((secret) => secret.path === path)?.name;
    const user = secretAt(own?.environment[USER_FILE]);
    const password = secretAt(own?.environment[PASSWORD_FILE]);
    return user === undefined || password === undefined
      ? undefined
      : { user: { secret: user }, secret: password };
  },
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
        series: [FREE, TOTAL],
        otherwise: [
          ...[FREE, TOTAL],
          { ...FREE, ...LATE, at: () => FREE.at(LATE_SHARE) },
          { ...TOTAL, ...LATE },
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
        series: [OFFLINE],
        otherwise: [OFFLINE, { ...OFFLINE, ...LATE, at: () => 0 }],
      },
    },
  ],
  day: ({ minutes }) => ({
    'stored-objects': 0.32 + 0.04 * Math.sin(minutes / 300),
    'drives-offline': 0,
  }),
};
