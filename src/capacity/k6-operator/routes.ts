import type { LoadRoute } from '../../model/distributed.ts';

const get = (service: string, name: string, ids = 1): LoadRoute => ({
  service,
  method: 'GET',
  name,
  ids,
  body: null,
});

/** What GT-Vision's services are asked, each route as often as any other of the load. Many ids: the services must fold them into one endpoint. */
const ROUTES: LoadRoute[] = [
  get('backend', '/api/users/:id', 97),
  get('backend', '/api/events'),
  get('backend', '/api/cameras/:id', 100),
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
];

/** Services that a distributed load can be made for. */
export const LOADED_SERVICES = [...new Set(ROUTES.map(({ service }) => service))];

/** The routes of some services. */
export function routesOf(services: string[]): LoadRoute[] {
  return ROUTES.filter(({ service }) => services.includes(service));
}
