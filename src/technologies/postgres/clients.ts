import { Client } from 'pg';
import type { Login } from '../../model/containers.ts';
import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';
import { NAMESPACE } from '../../model/project-name.ts';

/** The application's database: what the exporter's own connections are in is another one. */
const DATABASE = NAMESPACE;
/** How many are opened at once: a server starts a process for each. */
const SIDE_BY_SIDE = 8;

/** Clients of PostgreSQL that hold connections open. The level is the share of `maxConnections` that they hold. */
export async function postgresClients(
  host: string,
  maxConnections: number,
  login?: Login,
): Promise<Actor & AsyncDisposable> {
  const truth = new Truth(
    'pg_stat_database_numbackends',
    { datname: DATABASE },
    'level',
    'the PostgreSQL clients',
  );
  const limit = new Truth('pg_settings_max_connections', {}, 'level', "PostgreSQL's settings");
  const open: Client[] = [];
  const connect = async (database: string): Promise<Client> => {
    const client = new Client({
      host,
      port: 5432,
      user: login?.user ?? 'postgres',
      ...(login ? { password: login.password } : {}),
      database,
    });
    // The server is stopped at the end of the run, with whoever is still connected.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const first = await connect('postgres');
  await first.query(`CREATE DATABASE ${DATABASE}`);
  await first.end();
  limit.changed(0, Date.now(), maxConnections);
  truth.changed(0, Date.now(), 0);
  return {
    truths: [truth, limit],
    set: async (level) => {
      const wanted = Math.round(level * maxConnections);
      const from = Date.now();
      while (open.length < wanted) {
        const more = Math.min(SIDE_BY_SIDE, wanted - open.length);
        open.push(...(await Promise.all(Array.from({ length: more }, () => connect(DATABASE)))));
      }
      await Promise.all(open.splice(wanted).map((client) => client.end()));
      // The server's process may end a little after its client has gone.
      truth.changed(from, Date.now() + 200, wanted);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)));
    },
  };
}
