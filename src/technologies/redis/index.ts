import { groundTruth } from './ground-truth.ts';
import { goProgram } from '../packaging.ts';
import type { Technology } from '../technology.ts';
import { images } from './images.ts';

const EXPORTER = 'redis-exporter';

const GO = goProgram(EXPORTER, 'prometheus-redis-exporter', 'redis exporter');
const PACKAGES = {
  ...GO,
  fromSystem: ['redis-server'],
  programs: { ...GO.programs, redis: [/^bin$/, /^redis-server$/] },
  versions: { ...GO.versions, redis: /^redis-server$/ },
};

/** Redis behind its exporter. */
export const redis: Technology = {
  name: 'redis',
  forAnyStack: EXPORTER,
  components: [{ name: EXPORTER, behind: ['redis'] }],
  packages: PACKAGES,
  images,
  groundTruth,
  run: () => import('./run.ts'),
  stimuli: [
    {
      kind: 'redis-hits',
      meaning: 'share of lookups that hit',
      level: { min: 0, max: 1, idle: 0.9 },
      signal: () => 'redis-hits',
      occupies: () => [{ component: EXPORTER, part: 'keyspace' }],
      recipe: {
        follows: 'ratio',
        series: [
          { metric: 'redis_keyspace_hits_total', counter: true, at: (share) => 100 * share },
          {
            metric: 'redis_keyspace_misses_total',
            counter: true,
            at: (share) => 100 * (1 - share),
          },
        ],
      },
    },
    {
      kind: 'redis-takes-clients',
      meaning:
        '1: Redis takes more clients; 0: it has as many as it may have, and refuses its exporter',
      level: { min: 0, max: 1, integer: true, idle: 1 },
      signal: () => 'redis-takes-clients',
      // Without an answer the exporter has no look-ups to tell of either.
      occupies: () => [{ component: EXPORTER, part: 'keyspace' }],
      recipe: { follows: 'at-once', series: [{ metric: 'redis_up', at: (takes) => takes }] },
    },
  ],
  day: ({ busy }) => ({ 'redis-hits': 0.94 - 0.08 * busy, 'redis-takes-clients': 1 }),
};
