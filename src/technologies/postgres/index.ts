import { MAX_CONNECTIONS } from '../../model/world.ts';
import { MANY_ACTS_MS } from '../response.ts';
import type { Technology } from '../technology.ts';

const EXPORTER = 'postgres-exporter';

/** PostgreSQL behind its exporter. */
export const postgres: Technology = {
  name: 'postgres',
  components: [{ name: EXPORTER }],
  stimuli: [
    {
      kind: 'postgres-connections',
      meaning: 'share of `max_connections` (50) that clients hold open',
      level: { min: 0, max: 0.9, idle: 0.2 },
      signal: () => 'postgres-connections',
      occupies: () => [{ component: EXPORTER, part: 'connections' }],
      responseMs: () => MANY_ACTS_MS,
      recipe: {
        follows: 'at-once',
        series: [
          {
            metric: 'pg_stat_database_numbackends',
            labels: { datid: '1', datname: 'app' },
            at: (share) => MAX_CONNECTIONS * share,
          },
          {
            metric: 'pg_settings_max_connections',
            labels: { server: 'postgres:5432' },
            at: () => MAX_CONNECTIONS,
          },
        ],
      },
    },
  ],
  day: ({ busy }) => ({ 'postgres-connections': 0.12 + 0.35 * busy }),
};
