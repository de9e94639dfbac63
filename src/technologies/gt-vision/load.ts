import type { LoadRoute } from '../../model/distributed.ts';
import type { OfferedLoad } from '../load.ts';
import { CAMERAS } from './services.ts';

/**
 * What lies between a near miss or a breach and the limit is over two of them, so that one more or
 * less at a window's edges decides nothing. Errors are provoked within half a per cent of all
 * requests of their limit, slow answers within a whole one.
 */
const REQUESTS_PER_WINDOW = { errors: 500, slow: 250 };
const LEAST_PER_SECOND = 20;

const get = (service: string, name: string, ids = 1): LoadRoute => ({
  service,
  method: 'GET',
  name,
  ids,
  body: null,
});

/**
 * What k6 asks of the services beside what stimuli want. Many ids: the services must fold them into
 * one endpoint.
 */
export const load: OfferedLoad = {
  arrivals: {
    backend: {
      title: 'backend',
      service: 'backend',
      perSecond: LEAST_PER_SECOND,
      perWindow: REQUESTS_PER_WINDOW.errors,
    },
    streaming: { title: 'streaming', service: 'streaming', perSecond: LEAST_PER_SECOND },
    ai: {
      title: 'ai',
      service: 'ai',
      perSecond: LEAST_PER_SECOND,
      perWindow: REQUESTS_PER_WINDOW.slow,
    },
    'lpr-events': { title: 'LPR events', service: 'ai', perSecond: 5 },
  },
  // Four in five of the backend's ask for a camera of their own.
  probes: { backend: 1_250, streaming: 500, ai: 200 },
  constants: { cameras: CAMERAS },
  exercises: [{ signal: 'load.recordings', service: 'streaming', levels: [3, 7, 4, 9, 5, 8] }],
  counters: {
    gtvision_lpr_events_total: { method: 'POST', name: '/api/lpr/events', status: '202' },
    gtvision_recording_errors_total: {
      method: 'POST',
      name: '/api/recordings/:id/failures',
      status: '202',
    },
  },
  routes: [
    get('backend', '/api/users/:id', 97),
    get('backend', '/api/events'),
    get('backend', '/api/cameras/:id', CAMERAS),
    get('streaming', '/api/streams'),
    get('streaming', '/api/recordings'),
    get('ai', '/api/models/:id', 7),
    get('ai', '/api/lpr/events'),
    {
      service: 'ai',
      method: 'POST',
      name: '/api/lpr/events',
      ids: 9_000,
      body: '{"plate":"GT-:id"}',
    },
  ],
};
