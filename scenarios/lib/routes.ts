/**
 * Everything the scenarios ask of a service, as its metrics should name it, with the answers that
 * are foreseen.
 */
export interface Route {
  service: string;
  method: string;
  /** The route's template: the metric's `endpoint`. */
  name: string;
  statuses: number[];
}

/** What all paths that no route knows are counted as. */
export const UNMATCHED = 'unmatched';

/**
 * Answers that the probe asks a route for, so that many statuses are counted; of those over 499
 * only a few.
 */
export const PROBED_STATUSES = [401, 403, 409, 429, 500, 502, 504];

const ok = (service: string, name: string, ...others: number[]): Route => ({
  service,
  method: 'GET',
  name,
  statuses: [200, 503, ...others],
});
const on = (service: string, method: string, name: string, ...statuses: number[]): Route => ({
  service,
  method,
  name,
  statuses,
});
const unmatched = (service: string): Route[] =>
  ['GET', 'POST', 'DELETE'].map((method) => on(service, method, UNMATCHED, 404));

export const ROUTES: Route[] = [
  ok('backend', '/api/users/:id'),
  ok('backend', '/api/events', ...PROBED_STATUSES),
  ok('backend', '/api/cameras/:id', 404),
  ok('backend', '/api/cameras', 400),
  on('backend', 'PUT', '/api/cameras/:id/state', 204, 400, 404),
  ...unmatched('backend'),
  ok('streaming', '/api/streams'),
  ok('streaming', '/api/recordings', ...PROBED_STATUSES),
  ok('streaming', '/api/streams/:id', 404),
  on('streaming', 'POST', '/api/streams', 201),
  on('streaming', 'DELETE', '/api/streams/:id', 204, 404),
  on('streaming', 'POST', '/api/recordings', 201),
  on('streaming', 'DELETE', '/api/recordings/:id', 204, 404),
  on('streaming', 'POST', '/api/recordings/:id/failures', 202, 400),
  ...unmatched('streaming'),
  ok('ai', '/api/models/:id'),
  ok('ai', '/api/lpr/events', ...PROBED_STATUSES),
  on('ai', 'POST', '/api/lpr/events', 202, 400),
  ...unmatched('ai'),
];
