/**
 * Where the harness's own webhooks and its own end of Prometheus's pushes listen in the run's
 * network.
 */
export const OBSERVER = { host: 'observer', port: 8080 };
