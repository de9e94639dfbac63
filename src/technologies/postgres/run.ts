import { collectorFlags } from './collectors.ts';
import { MAX_CONNECTIONS } from './settings.ts';
import type { RunningTechnology } from '../running.ts';
import { postgres } from './server.ts';

export const running: RunningTechnology = {
  processes: {
    'postgres-exporter': ({ plan }, { listen }) => ({
      command: '/usr/bin/prometheus-postgres-exporter',
      args: [`--web.listen-address=${listen}`, ...collectorFlags(plan)],
      env: { DATA_SOURCE_NAME: 'postgresql://postgres@postgres:5432/postgres?sslmode=disable' },
    }),
  },
  backing: (place) => [postgres(place)],
  acting: async ({ disposal, logins: { postgres: login } }) => {
    // Loaded when it is needed: what a run begins with needn't wait for it.
    const { postgresClients, postgresDoor } = await import('./clients.ts');
    const clients = disposal.use(await postgresClients('postgres', MAX_CONNECTIONS, login));
    return {
      actors: {
        'postgres-connections': clients,
        'postgres-takes-connections': postgresDoor('postgres', clients.held, login),
      },
    };
  },
};
