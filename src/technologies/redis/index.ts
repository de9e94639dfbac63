import type { Technology } from '../technology.ts';

const EXPORTER = 'redis-exporter';

/** Redis behind its exporter. */
export const redis: Technology = {
  name: 'redis',
  components: [{ name: EXPORTER }],
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
  ],
  day: ({ busy }) => ({ 'redis-hits': 0.94 - 0.08 * busy }),
};
