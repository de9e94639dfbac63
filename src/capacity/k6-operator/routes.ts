import type { LoadRoute } from '../../model/distributed.ts';
import { LOAD_ROUTES } from '../../technologies/offered.ts';

/** Services that a distributed load can be made for. */
export const LOADED_SERVICES = [...new Set(LOAD_ROUTES.map(({ service }) => service))];

/** The routes of some services. */
export function routesOf(services: string[]): LoadRoute[] {
  return LOAD_ROUTES.filter(({ service }) => services.includes(service));
}
