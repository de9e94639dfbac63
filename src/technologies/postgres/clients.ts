import { Client } from 'pg';
import type { Login } from '../../model/containers.ts';
import { Truth } from '../truth.ts';
import type { Actor } from '../actor.ts';
import { NAMESPACE } from '../../model/project-name.ts';
import { TAKES_CONNECTIONS } from './ground-truth.ts';

/** The application's database: what the exporter's own connections are in is another one. */
const DATABASE = NAMESPACE;
/** How many are opened at once: a server starts a process for each. */
const SIDE_BY_SIDE = 8;

/** What the exporter connects to. */
const EXPORTERS_DATABASE = 'postgres';
/** Where one gets in while that is closed. */
const ALWAYS_OPEN = 'template1';

type Connect = (database: string) => Promise<Client>;

function connecting(host: string, login?: Login): Connect {
  return async (database) => {
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
}

/**
 * Whether the exporter's database takes new connections (1) or takes none, from nobody (0): as a
 * full server does to whoever is no superuser. Those that are open stay; an exporter whose last one
 * is ended tries for a second to get another, which no speed divides, and would be down at a speed
 * at which a scrape takes less.
 * @param held a connection that is open anyway, to ask through: one more would be counted, just
 * when a limit on connections may be proved
 */
export function postgresDoor(host: string, held: () => Client | undefined, login?: Login): Actor {
  const truth = new Truth(TAKES_CONNECTIONS, {}, 'level', 'the PostgreSQL clients');
  const connect = connecting(host, login);
  return {
    truths: [truth],
    set: async (level) => {
      const from = Date.now();
      const already = held();
      const client = already ?? (await connect(ALWAYS_OPEN));
      await client.query(
        `ALTER DATABASE ${EXPORTERS_DATABASE} WITH ALLOW_CONNECTIONS ${String(level > 0)}`,
      );
      if (!already) await client.end();
      truth.changed(from, Date.now(), level);
    },
  };
}

/**
 * Clients of PostgreSQL that hold connections open. The level is the share of `maxConnections` that
 * they hold; `held` is one of them, the last to be ended.
 */
export async function postgresClients(
  host: string,
  maxConnections: number,
  login?: Login,
): Promise<Actor & AsyncDisposable & { held: () => Client | undefined }> {
  const truth = new Truth(
    'pg_stat_database_numbackends',
    { datname: DATABASE },
    'level',
    'the PostgreSQL clients',
  );
  const limit = new Truth('pg_settings_max_connections', {}, 'level', "PostgreSQL's settings");
  const open: Client[] = [];
  const connect = connecting(host, login);
  const first = await connect('postgres');
  await first.query(`CREATE DATABASE ${DATABASE}`);
  await first.end();
  limit.changed(0, Date.now(), maxConnections);
  truth.changed(0, Date.now(), 0);
  return {
    truths: [truth, limit],
    held: () => open[0],
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
