import { groundTruth } from './ground-truth.ts';
import { MAX_CONNECTIONS, POSTGRES_SETTINGS } from './settings.ts';
import { goProgram } from '../packaging.ts';
import { MANY_ACTS_MS } from '../response.ts';
import type { Technology } from '../technology.ts';
import { images } from './images.ts';

const EXPORTER = 'postgres-exporter';

const GO = goProgram(EXPORTER, 'prometheus-postgres-exporter', 'postgres exporter');
const BIN = [/^lib$/, /^postgresql$/, /^\d+$/, /^bin$/];
const PACKAGES = {
  ...GO,
  fromSystem: ['postgresql'],
  programs: { ...GO.programs, postgres: [...BIN, /^postgres$/], initdb: [...BIN, /^initdb$/] },
  versions: { ...GO.versions, postgresql: /^postgresql-\d+$/ },
};

/** As words of a command line. */
function settings(): string[] {
  return Object.entries(POSTGRES_SETTINGS).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** PostgreSQL behind its exporter. */
export const postgres: Technology = {
  name: 'postgres',
  forAnyStack: EXPORTER,
  components: [{ name: EXPORTER, behind: ['postgres'] }],
  packages: PACKAGES,
  images,
  inContainer: { postgres: () => ({ more: settings() }) },
  loginIn: (containers) => {
    const server = containers.find(({ service }) => service === 'postgres');
    const file = server?.environment['POSTGRES_PASSWORD_FILE'];
    const secret = server?.secrets.find(({ path }) => path === file);
    return (
      secret && {
        user: server?.environment['POSTGRES_USER'] ?? 'postgres',
        secret: secret.name,
      }
    );
  },
  groundTruth,
  run: () => import('./run.ts'),
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
          // Two databases, of which one has more.
          {
            metric: 'pg_stat_database_numbackends',
            labels: { datid: '1', datname: 'app' },
            at: (share) => MAX_CONNECTIONS * share * 0.75,
          },
          {
            metric: 'pg_stat_database_numbackends',
            labels: { datid: '2', datname: 'other' },
            at: (share) => MAX_CONNECTIONS * share * 0.25,
          },
          {
            metric: 'pg_settings_max_connections',
            labels: { server: 'postgres:5432' },
            at: () => MAX_CONNECTIONS,
          },
        ],
      },
    },
    {
      kind: 'postgres-takes-connections',
      meaning: '1: the database that the exporter asks takes new connections; 0: it takes none',
      level: { min: 0, max: 1, integer: true, idle: 1 },
      signal: () => 'postgres-takes-connections',
      occupies: () => [{ component: EXPORTER, part: 'connections' }],
      responseMs: () => MANY_ACTS_MS,
      recipe: {
        follows: 'at-once',
        series: [
          { metric: 'pg_up', at: (takes) => takes },
          {
            metric: 'pg_stat_database_numbackends',
            labels: { datid: '1', datname: 'app' },
            at: () => 1,
          },
        ],
        // A full server: the exporter keeps the connection that it has, and gets no new one.
        otherwise: [
          { metric: 'pg_up', at: () => 1 },
          {
            metric: 'pg_stat_database_numbackends',
            labels: { datid: '1', datname: 'app' },
            at: () => 1,
            isThere: (takes) => takes > 0,
          },
        ],
      },
    },
  ],
  day: ({ busy }) => ({
    'postgres-connections': 0.12 + 0.35 * busy,
    'postgres-takes-connections': 1,
  }),
};
