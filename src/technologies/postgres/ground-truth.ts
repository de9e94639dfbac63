import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

/** Connections that the exporter itself holds, at most. */
const EXPORTER_CONNECTIONS = 3;

/**
 * What is known of whether anybody new is let in: of no metric, for an exporter with an old
 * connection still says yes.
 */
export const TAKES_CONNECTIONS = 'whether PostgreSQL takes connections';

export const groundTruth: GroundTruth[] = [
  level(
    'postgres.connections',
    'pg_stat_database_numbackends',
    "connections that the clients hold (the exporter's own, at most three, come on top)",
    EXPORTER_CONNECTIONS,
  ),
  level('postgres.up', TAKES_CONNECTIONS, '1 where new connections are let in, 0 where none is'),
  level('postgres.max_connections', 'pg_settings_max_connections', '`max_connections`'),
];
