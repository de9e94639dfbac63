import { level } from '../ground-truth.ts';
import type { GroundTruth } from '../ground-truth.ts';

/** Connections that the exporter itself holds, at most. */
const EXPORTER_CONNECTIONS = 3;

export const groundTruth: GroundTruth[] = [
  level(
    'postgres.connections',
    'pg_stat_database_numbackends',
    "connections that the clients hold (the exporter's own, at most three, come on top)",
    EXPORTER_CONNECTIONS,
  ),
  level('postgres.max_connections', 'pg_settings_max_connections', '`max_connections`'),
];
