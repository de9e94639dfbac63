/** How many clients PostgreSQL lets in. */
export const MAX_CONNECTIONS = 50;
/**
 * What PostgreSQL is started with for a run: durability is off, since nothing of it outlives the
 * run.
 */
export const POSTGRES_SETTINGS = {
  fsync: 'off',
  // Its workers connect too, a minute after the start: one connection more than there are clients.
  autovacuum: 'off',
  jit: 'off',
  full_page_writes: 'off',
  shared_buffers: '16MB',
  max_connections: String(MAX_CONNECTIONS),
};
